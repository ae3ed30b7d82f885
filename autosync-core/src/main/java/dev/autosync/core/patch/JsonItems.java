package dev.autosync.core.patch;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The items of a container under change, in linked chunks. Not safe to share.
 *
 * <p>Cost: putting in or taking out moves at most a chunk, whatever the size; an index is found by stepping over chunks from the nearer
 * end. An item knows its chunk, and is in one sequence at a time.
 */
final class JsonItems implements Iterable<JsonEditNode> {
    private static final int MOST = 256;

    /** A run of items. */
    static final class Chunk {
        private @Nullable JsonEditNode[] nodes;
        private int count;
        private @Nullable Chunk before;
        private @Nullable Chunk behind;

        private Chunk(@Nullable JsonEditNode[] nodes, int count) {
            this.nodes = nodes;
            this.count = count;
            for (int i = 0; i < count; i++) {
                node(i).chunk(this);
            }
        }

        private JsonEditNode node(int index) {
            JsonEditNode node = nodes[index];
            if (node == null) {
                throw new IllegalStateException("there is no item " + index);
            }
            return node;
        }

        private int indexOf(JsonEditNode node) {
            int index = 0;
            while (nodes[index] != node) {
                index++;
            }
            return index;
        }

        private void add(int index, JsonEditNode node) {
            if (count == nodes.length) {
                nodes = Arrays.copyOf(nodes, Math.min(MOST, count * 2 + 4));
            }
            System.arraycopy(nodes, index, nodes, index + 1, count - index);
            nodes[index] = node;
            count++;
            node.chunk(this);
        }

        private void remove(int index) {
            System.arraycopy(nodes, index + 1, nodes, index, count - index - 1);
            nodes[--count] = null;
        }
    }

    private Chunk first;
    private Chunk last;
    private int size;

    /** The items of an array, which is not the caller's any more. */
    JsonItems(@Nullable JsonEditNode[] nodes) {
        size = nodes.length;
        if (size <= MOST) {
            first = new Chunk(nodes, size);
            last = first;
            return;
        }
        first = part(nodes, 0);
        last = first;
        for (int from = MOST / 2; from < size; from += MOST / 2) {
            link(last, part(nodes, from));
        }
    }

    private static Chunk part(@Nullable JsonEditNode[] nodes, int from) {
        int count = Math.min(MOST / 2, nodes.length - from);
        return new Chunk(Arrays.copyOfRange(nodes, from, from + count), count);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    JsonEditNode get(int index) {
        if (index < size - index) {
            Chunk chunk = first;
            int at = index;
            while (at >= chunk.count) {
                at -= chunk.count;
                chunk = linked(chunk.behind);
            }
            return chunk.node(at);
        }
        Chunk chunk = last;
        int at = size - index;
        while (at > chunk.count) {
            at -= chunk.count;
            chunk = linked(chunk.before);
        }
        return chunk.node(chunk.count - at);
    }

    void add(int index, JsonEditNode node) {
        Chunk chunk;
        int at;
        if (index < size - index) {
            chunk = first;
            at = index;
            while (at > chunk.count) {
                at -= chunk.count;
                chunk = linked(chunk.behind);
            }
        } else {
            chunk = last;
            int back = size - index;
            while (back > chunk.count) {
                back -= chunk.count;
                chunk = linked(chunk.before);
            }
            at = chunk.count - back;
        }
        if (chunk.count == MOST) {
            int half = MOST / 2;
            Chunk upper = new Chunk(Arrays.copyOfRange(chunk.nodes, half, MOST), MOST - half);
            Arrays.fill(chunk.nodes, half, MOST, null);
            chunk.count = half;
            link(chunk, upper);
            if (at > half) {
                chunk = upper;
                at -= half;
            }
        }
        chunk.add(at, node);
        size++;
    }

    void remove(JsonEditNode node) {
        Chunk chunk = node.chunk();
        chunk.remove(chunk.indexOf(node));
        size--;
        if (chunk.count == 0 && first != last) {
            unlink(chunk);
        }
    }

    int indexOf(JsonEditNode node) {
        Chunk chunk = node.chunk();
        int index = chunk.indexOf(node);
        for (Chunk earlier = chunk.before; earlier != null; earlier = earlier.before) {
            index += earlier.count;
        }
        return index;
    }

    /** The item behind another, null behind the last. */
    @Nullable JsonEditNode behind(JsonEditNode node) {
        Chunk chunk = node.chunk();
        int index = chunk.indexOf(node) + 1;
        if (index < chunk.count) {
            return chunk.node(index);
        }
        return chunk.behind == null ? null : chunk.behind.node(0);
    }

    private void link(Chunk chunk, Chunk added) {
        Chunk next = chunk.behind;
        added.before = chunk;
        added.behind = next;
        chunk.behind = added;
        if (next == null) {
            last = added;
        } else {
            next.before = added;
        }
    }

    private void unlink(Chunk chunk) {
        Chunk before = chunk.before;
        Chunk behind = chunk.behind;
        if (before == null) {
            first = linked(behind);
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            last = linked(before);
        } else {
            behind.before = before;
        }
    }

    private static Chunk linked(@Nullable Chunk chunk) {
        if (chunk == null) {
            throw new IndexOutOfBoundsException("past the end of the items");
        }
        return chunk;
    }

    @Override
    public Iterator<JsonEditNode> iterator() {
        return new Iterator<>() {
            private @Nullable Chunk chunk = first;
            private int at;

            @Override
            public boolean hasNext() {
                while (chunk != null && at == chunk.count) {
                    chunk = chunk.behind;
                    at = 0;
                }
                return chunk != null;
            }

            @Override
            public JsonEditNode next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return linked(chunk).node(at++);
            }
        };
    }
}
