package dev.autosync.store.json;

import java.io.IOException;

/** A line, or a file, that is not what was written. */
final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Damage damage;

    BrokenException(Damage damage) {
        super(damage.file() + ":" + damage.line() + ": " + damage.why());
        this.damage = damage;
    }

    Damage damage() {
        return damage;
    }
}
