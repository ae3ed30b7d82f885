package dev.autosync.core.gate;

import dev.autosync.testing.Isolation;

class OneCandidateTest extends IsolationContract {
    @Override
    Isolation isolation() {
        return Isolation.candidates(1);
    }
}
