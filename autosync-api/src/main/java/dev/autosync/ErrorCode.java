package dev.autosync;

/**
 * The stable code of a failure. Each has a heading in {@code docs/errors.md}.
 *
 * <p>Names and numbers never change their meaning; new ones are added. Threads: immutable.
 *
 * @since 0.1.0
 */
public enum ErrorCode {
    /** A configuration file that must be there is not. */
    CONFIG_NOT_FOUND(1001, Type.USER),
    /** A configuration file is not JSON, is empty or ends too early. */
    CONFIG_SYNTAX(1002, Type.USER),
    /** A configuration file has a key that nobody reads. */
    CONFIG_UNKNOWN_KEY(1003, Type.USER),
    /** A value in a configuration file has the wrong type. */
    CONFIG_WRONG_TYPE(1004, Type.USER),
    /** A value in a configuration file is out of range or not understood. */
    CONFIG_INVALID_VALUE(1005, Type.USER),
    /** A key that must be there is not. */
    CONFIG_MISSING_KEY(1006, Type.USER),
    /** A file is of a newer or unknown version of its schema. */
    CONFIG_VERSION(1007, Type.USER),
    /** A file could not be read, or is larger than is allowed. */
    CONFIG_UNREADABLE(1008, Type.ENVIRONMENT),

    /** A patch is not well-formed in its own format. */
    PATCH_MALFORMED(1101, Type.USER),
    /** A patch reaches for a path that it may not touch. */
    PATCH_PATH_REFUSED(1102, Type.USER),
    /** A patch is larger, deeper or grows more than is allowed. */
    PATCH_LIMIT(1103, Type.USER),
    /** A patch asks for something that its format does not support here. */
    PATCH_UNSUPPORTED(1104, Type.USER),
    /** Two patches of a batch have one id, or a patch needs one that is not there. */
    BATCH_INVALID(1105, Type.USER),

    /** The workspace does not exist or is no folder. */
    WORKSPACE_NOT_FOUND(1301, Type.USER),
    /** Another engine holds the workspace. */
    WORKSPACE_BUSY(1302, Type.ENVIRONMENT),
    /** Reading or writing a file of the workspace failed. */
    WORKSPACE_IO(1303, Type.ENVIRONMENT),
    /** The journal is damaged in its middle; nothing was changed. */
    JOURNAL_DAMAGED(1304, Type.ENVIRONMENT),
    /** A file changed while a cycle was about to change it; the cycle was undone. */
    WORKSPACE_CHANGED(1305, Type.ENVIRONMENT),
    /** The workspace was lost to somebody else while it was held. */
    WORKSPACE_LOST(1306, Type.ENVIRONMENT),
    /** Another thread or process holds a lock. */
    LOCK_BUSY(1307, Type.ENVIRONMENT),
    /** A later version of AutoSync has left work open in the workspace. */
    JOURNAL_VERSION(1308, Type.ENVIRONMENT),
    /** The workspace lies where locks and renames cannot be relied on. */
    FILE_SYSTEM(1309, Type.ENVIRONMENT),
    /** There is no kept snapshot of that name. */
    SNAPSHOT_UNKNOWN(1321, Type.USER),
    /** A snapshot could not be kept with its contents. */
    SNAPSHOT_NOT_KEPT(1322, Type.ENVIRONMENT),
    /** A kept snapshot is too much to be restored in one step. */
    SNAPSHOT_NOT_RESTORABLE(1323, Type.USER),
    /** A kept snapshot is not as it was written. */
    SNAPSHOT_DAMAGED(1324, Type.ENVIRONMENT),

    /** A store could not be opened, read or written. */
    STORE_FAILED(1401, Type.ENVIRONMENT),
    /** A store holds a damaged record; it can still be read up to there. */
    STORE_DAMAGED(1402, Type.ENVIRONMENT),
    /** A write came from an engine that has lost the workspace to another. */
    STORE_STALE_TOKEN(1403, Type.ENVIRONMENT),
    /** What lies where a store keeps its events is not a store of AutoSync. */
    STORE_FOREIGN(1404, Type.USER),
    /** A store was written by a newer AutoSync. */
    STORE_VERSION(1405, Type.USER),

    /** A plugin of that name is not there. */
    PLUGIN_UNKNOWN(1501, Type.USER),
    /** Two plugins of one kind have one name. */
    PLUGIN_DUPLICATE(1502, Type.USER),
    /** A plugin could not be loaded, or threw. */
    PLUGIN_FAILED(1503, Type.PLUGIN),
    /** {@code autosync-core} is neither on the class path nor on the module path. */
    CORE_MISSING(1504, Type.USER),

    /** The caller asked for something that this engine was not built for. */
    ENGINE_MISUSED(1601, Type.USER),

    /** A connector could not reach or use its other side; it may work later. */
    CONNECTOR_FAILED(1701, Type.ENVIRONMENT),
    /** A connector's other side refused what it was asked for, or the connector refused to go on because that is not safe. */
    CONNECTOR_REFUSED(1702, Type.USER),
    /** A connector's other side answered with something that it must not answer. */
    CONNECTOR_PROTOCOL(1703, Type.ENVIRONMENT),

    /** A secret is not given by a reference, or by one that nobody can read. */
    SECRET_REFERENCE(1801, Type.USER),
    /** A secret is not where its reference points to. */
    SECRET_NOT_FOUND(1802, Type.USER),
    /** A secret was found and cannot be used: too short to be kept out of texts, or open to others. */
    SECRET_UNUSABLE(1803, Type.USER),

    /** AutoSync contradicted itself. Please report it. */
    INTERNAL(1901, Type.BUG);

    /** Who can do something about a failure. */
    public enum Type {
        /** The caller or the author of a configuration or a patch. */
        USER,
        /** The machine: disk, permissions, another process. */
        ENVIRONMENT,
        /** The author of a plugin. */
        PLUGIN,
        /** The authors of AutoSync. */
        BUG
    }

    private final int number;
    private final Type type;

    ErrorCode(int number, Type type) {
        this.number = number;
        this.type = type;
    }

    /**
     * The number, unique among all codes.
     *
     * @return 1000 to 1999
     */
    public int number() {
        return number;
    }

    /**
     * Who can do something about it.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * The code as messages and {@code docs/errors.md} spell it.
     *
     * @return for example {@code AS-1302}
     */
    public String id() {
        return "AS-" + number;
    }
}
