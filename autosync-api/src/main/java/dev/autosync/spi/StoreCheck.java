package dev.autosync.spi;

import java.util.List;

/**
 * What {@link StoreMaintenance#check} found.
 *
 * @param events how many events are there and whole, 0 or more
 * @param problems what is wrong, each in a sentence that says where; at most 100; empty if the store is sound
 * @since 0.1.0
 */
public record StoreCheck(long events, List<String> problems) {

    /** Copies the list. */
    public StoreCheck {
        problems = List.copyOf(problems);
    }

    /**
     * Whether nothing is wrong.
     *
     * @return true if there is no problem
     */
    public boolean sound() {
        return problems.isEmpty();
    }
}
