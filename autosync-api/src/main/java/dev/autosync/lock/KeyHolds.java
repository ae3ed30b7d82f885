package dev.autosync.lock;

/** Several keys, held together. */
final class KeyHolds implements Hold {
    private final KeyHold[] holds;

    private KeyHolds(KeyHold[] holds) {
        this.holds = holds;
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
        return new KeyHolds(holds);
    }

    @Override
    public FencingToken token() {
        FencingToken token = holds[0].token();
        for (KeyHold hold : holds) {
            FencingToken other = hold.token();
            token = other.compareTo(token) > 0 ? other : token;
        }
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
