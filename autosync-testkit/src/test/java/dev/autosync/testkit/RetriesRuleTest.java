package dev.autosync.testkit;

import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.List;

class RetriesRuleTest extends ImprovementRuleContract {
    static final SampleContext TROUBLE = new SampleHistory().cycles(4, cycle -> cycle.number("retries", 5)).context();

    @Override
    protected ImprovementRule rule() {
        return new RetriesRule();
    }

    @Override
    protected List<ImprovementContext> troubles() {
        return List.of(TROUBLE);
    }
}
