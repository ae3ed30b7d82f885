package dev.autosync.lock;

/** Several keys, held together. */
final class KeyHolds implements Hold {
    private final KeyHold[] holds;
    private final FencingToken token;

    private KeyHolds(KeyHold[] holds, FencingToken token) {
        this.holds = holds;
        this.token = token;
    }

    /** Gives all of them one token, above every one that any of the keys has had. */
    static KeyHolds of(KeyHold[] holds) {
        long highest = 0;
        for (KeyHold hold : holds) {
            highest = Math.max(highest, hold.stripe().lastToken());
        }
        for (KeyHold hold : holds) {
            hold.stripe().raise(hold, highest + 1);
        }
        return new KeyHolds(holds, new FencingToken(highest + 1));
    }

    @Override
    public FencingToken token() {
        return token;
    }

    @Override
    public boolean held() {
        return holds[0].held();
    }

    @Override
    public void close() {
        for (int i = holds.length - 1; i >= 0; i--) {
            holds[i].close();
        }
    }
}
