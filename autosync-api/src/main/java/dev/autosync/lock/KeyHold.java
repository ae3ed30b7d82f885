package dev.autosync.lock;

/** One key, held. */
final class KeyHold implements Hold {
    private final KeyStripe stripe;
    private final KeyEntry entry;

    /** Guarded by the stripe's mutex: the token when it was closed, or 0 as long as it is open. */
    private long closedWith;

    KeyHold(KeyStripe stripe, KeyEntry entry) {
        this.stripe = stripe;
        this.entry = entry;
    }

    @Override
    public FencingToken token() {
        return new FencingToken(stripe.token(this));
    }

    @Override
    public boolean held() {
        return stripe.isOpen(this);
    }

    @Override
    public void close() {
        stripe.release(this);
    }

    KeyStripe stripe() {
        return stripe;
    }

    KeyEntry entry() {
        return entry;
    }

    boolean isClosed() {
        return closedWith != 0;
    }

    void markClosed(long token) {
        closedWith = token;
    }

    long closedWith() {
        return closedWith;
    }
}
