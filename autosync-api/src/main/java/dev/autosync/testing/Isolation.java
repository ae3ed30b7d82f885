package dev.autosync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where patches are tested: in the workspace itself, or in copies of it.
 *
 * <p>What becomes of a patch does not depend on it. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Isolation {
    private static final int MOST_COPIES = 16;
    private static final Isolation IN_PLACE = new Isolation(0, List.of());

    private final int copies;
    private final List<String> included;

    private Isolation(int copies, List<String> included) {
        this.copies = copies;
        this.included = included;
    }

    /**
     * In the workspace itself, the default: any build works unchanged, and a batch costs what its own files cost. While the tests run
     * the workspace holds what nobody has seen green yet; what was bad is put back.
     *
     * @return the isolation
     */
    public static Isolation inPlace() {
        return IN_PLACE;
    }

    /**
     * In candidate trees: copies of the workspace below {@code .autosync/candidates}, which are kept and brought into step by content. The workspace
     * never holds what was not seen green, and what the tests write stays in the copies. A copy holds what a snapshot holds: not
     * {@code .git}, and nothing that is ignored or excluded, unless it is {@linkplain #including included}. What the build leaves there of what
     * snapshots do not see stays, so that the next build is as warm as in the workspace.
     *
     * <p>Cost: the space of the workspace for each copy; for each run two stats a file. More than one copy is of use only to suites that are
     * {@linkplain TestSuite#concurrent() able to run side by side}: then runs that may be needed next are made beside the one that is.
     *
     * @param copies how many copies there are, 1 to 16: so many runs may be under way at a time
     * @return the isolation
     * @throws IllegalArgumentException if it is out of range
     */
    public static Isolation candidates(int copies) {
        if (copies < 1 || copies > MOST_COPIES) {
            throw new IllegalArgumentException("copies must be 1 to " + MOST_COPIES + ", was " + copies);
        }
        return new Isolation(copies, List.of());
    }

    /**
     * The same with files and folders in the copies that snapshots leave out and the tests need, such as {@code node_modules} or {@code .env}. They
     * are brought into step for each batch. One that is not there is not missed.
     *
     * @param paths relative to the workspace, with {@code /}; none may be {@code .git} or {@code .autosync}, or lie below one
     * @return a new isolation
     * @throws IllegalArgumentException if there are no copies, or a path is none that is allowed
     */
    public Isolation including(String... paths) {
        if (isInPlace()) {
            throw new IllegalArgumentException("paths must be none in place, where nothing is copied, were " + List.of(paths));
        }
        List<String> all = new ArrayList<>(included);
        for (String path : paths) {
            all.add(checked(path));
        }
        return new Isolation(copies, List.copyOf(all));
    }

    private static String checked(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.equalsIgnoreCase(".git") || name.equalsIgnoreCase(".autosync")) {
                throw new IllegalArgumentException("paths must be relative, normal and outside of .git and .autosync, was '" + path + "'");
            }
        }
        return path;
    }

    /**
     * Whether patches are tested in the workspace itself.
     *
     * @return false if there are copies
     */
    public boolean isInPlace() {
        return copies == 0;
    }

    /**
     * How many copies there are.
     *
     * @return 1 to 16; 0 in place
     */
    public int copies() {
        return copies;
    }

    /**
     * What the copies hold beside what snapshots hold.
     *
     * @return paths relative to the workspace, with {@code /}
     */
    public List<String> included() {
        return included;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Isolation i && i.copies == copies && i.included.equals(included);
    }

    @Override
    public int hashCode() {
        return Objects.hash(copies, included);
    }

    @Override
    public String toString() {
        return isInPlace() ? "in place" : copies + (copies == 1 ? " candidate" : " candidates")
                + (included.isEmpty() ? "" : " including " + included);
    }
}
