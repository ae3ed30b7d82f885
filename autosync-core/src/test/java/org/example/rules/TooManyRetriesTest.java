package org.example.rules;

import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.testkit.ImprovementRuleContract;
import dev.autosync.testkit.SampleHistory;
import java.util.List;

class TooManyRetriesTest extends ImprovementRuleContract {

    @Override
    protected ImprovementRule rule() {
        return new TooManyRetries();
    }

    @Override
    protected List<ImprovementContext> troubles() {
        return List.of(new SampleHistory().cycles(3, cycle -> cycle.number("retries", 5)).context());
    }
}
