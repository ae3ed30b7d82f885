package dev.autosync.core.experience;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was asked for longest ago when there is more than it keeps. For one thread. */
final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Bounded(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
