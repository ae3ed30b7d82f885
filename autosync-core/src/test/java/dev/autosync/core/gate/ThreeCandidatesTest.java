package dev.autosync.core.gate;

import dev.autosync.testing.Isolation;

class ThreeCandidatesTest extends IsolationContract {
    @Override
    Isolation isolation() {
        return Isolation.candidates(3);
    }
}
