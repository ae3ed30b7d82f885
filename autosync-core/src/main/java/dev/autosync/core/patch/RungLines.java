package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of one file while hunks change them, as numbers which on each rung are equal when the lines are. Each line knows which one it was in
 * the file as it was found.
 */
final class RungLines {
    /** What finding the number of a line costs beyond its characters. */
    private static final int LOOK_UP = 16;

    private final List<TextFile.Line> lines;
    private final List<Integer> origins = new ArrayList<>();
    private final int found;
    private final DiffWork work;
    private final Map<Rung, Map<String, Integer>> ids = new EnumMap<>(Rung.class);
    private final Map<Rung, int[]> file = new EnumMap<>(Rung.class);

    RungLines(List<TextFile.Line> lines, DiffWork work) {
        this.lines = new ArrayList<>(lines);
        this.found = lines.size();
        this.work = work;
        for (int i = 0; i < found; i++) {
            origins.add(i);
        }
    }

    int count() {
        return lines.size();
    }

    TextFile.Line line(int line) {
        return lines.get(line);
    }

    String text(int line) {
        return lines.get(line).text();
    }

    List<TextFile.Line> all() {
        return lines;
    }

    /** Whether the line was in the file as it was found. */
    boolean isOriginal(int line) {
        return origins.get(line) >= 0;
    }

    /** Which line of the file as it was found stands here or next below; as many as there were for none. */
    int origin(int line) {
        for (int i = line; i < origins.size(); i++) {
            if (origins.get(i) >= 0) {
                return origins.get(i);
            }
        }
        return found;
    }

    /** Puts lines in the place of others. A line that is one of the others stays what it was in the file. */
    void replace(int from, int count, List<TextFile.Line> with) throws DiffRefused {
        List<Integer> kept = new ArrayList<>();
        int next = from;
        for (TextFile.Line line : with) {
            int same = next;
            while (same < from + count && lines.get(same) != line) {
                same++;
            }
            boolean stays = same < from + count;
            kept.add(stays ? origins.get(same) : Integer.valueOf(-1));
            next = stays ? same + 1 : next;
        }
        for (Map.Entry<Rung, int[]> entry : file.entrySet()) {
            int[] old = entry.getValue();
            int[] changed = new int[old.length - count + with.size()];
            System.arraycopy(old, 0, changed, 0, from);
            for (int i = 0; i < with.size(); i++) {
                changed[from + i] = id(entry.getKey(), with.get(i).text());
            }
            System.arraycopy(old, from + count, changed, from + with.size(), old.length - from - count);
            entry.setValue(changed);
        }
        replace(lines, from, count, with);
        replace(origins, from, count, kept);
        work.spend(lines.size());
    }

    private static <T> void replace(List<T> list, int from, int count, List<T> with) {
        list.subList(from, from + count).clear();
        list.addAll(from, with);
    }

    /** All lines of the file. */
    int[] file(Rung rung) throws DiffRefused {
        int[] known = file.get(rung);
        if (known == null) {
            known = new int[lines.size()];
            for (int i = 0; i < known.length; i++) {
                known[i] = id(rung, lines.get(i).text());
            }
            file.put(rung, known);
        }
        return known;
    }

    /** Other lines, by the same numbers. */
    int[] of(Rung rung, List<String> texts) throws DiffRefused {
        file(rung);
        int[] numbers = new int[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = id(rung, texts.get(i));
        }
        return numbers;
    }

    private int id(Rung rung, String text) throws DiffRefused {
        work.spend(text.length() + LOOK_UP);
        Map<String, Integer> known = ids.computeIfAbsent(rung, r -> new HashMap<>());
        String key = rung.key(text);
        Integer id = known.putIfAbsent(key, known.size());
        return id == null ? known.size() - 1 : id;
    }
}
