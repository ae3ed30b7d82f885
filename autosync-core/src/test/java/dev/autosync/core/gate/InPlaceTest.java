package dev.autosync.core.gate;

import dev.autosync.testing.Isolation;

class InPlaceTest extends IsolationContract {
    @Override
    Isolation isolation() {
        return Isolation.inPlace();
    }
}
