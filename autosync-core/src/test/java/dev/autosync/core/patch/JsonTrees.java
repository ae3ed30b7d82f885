package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonQuote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plainest JSON Patch there can be, on maps and lists: what the text must say after an edit. Scalars are their raw text. */
final class JsonTrees {

    private JsonTrees() {}

    static Object of(JsonNode node) {
        switch (node.kind()) {
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.members().forEach(member -> map.put(member.name(), of(member.value())));
                return map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.elements().forEach(element -> list.add(of(element)));
                return list;
            }
            default -> {
                return node.raw();
            }
        }
    }

    /** Compact text. */
    static String text(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((name, value) -> members.add(JsonQuote.quote((String) name) + ":" + text(value)));
            return "{" + String.join(",", members) + "}";
        }
        if (tree instanceof List<?> list) {
            return "[" + String.join(",", list.stream().map(JsonTrees::text).toList()) + "]";
        }
        return (String) tree;
    }

    /** Every pointer into a tree, the root's first. */
    static List<String> pointers(Object tree) {
        List<String> pointers = new ArrayList<>();
        collect(tree, new ArrayList<>(), pointers);
        return pointers;
    }

    private static void collect(Object tree, List<String> at, List<String> pointers) {
        pointers.add(new JsonPointer(at).toString());
        Map<String, Object> children = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> children.put((String) name, value));
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                children.put(String.valueOf(i), list.get(i));
            }
        }
        children.forEach((step, value) -> {
            at.add(step);
            collect(value, at, pointers);
            at.remove(at.size() - 1);
        });
    }

    /** Applies one operation to a copy; null if it does not fit. */
    static Object apply(Object tree, JsonNode op) {
        Object[] root = {of(JsonPlans.parse(text(tree)))};
        JsonPointer path = JsonPointer.parse(op.get("path").orElseThrow().text());
        switch (op.get("op").orElseThrow().text()) {
            case "add" -> {
                return add(root, path, of(op.get("value").orElseThrow())) ? root[0] : null;
            }
            case "replace" -> {
                return get(root[0], path) != null && set(root, path, of(op.get("value").orElseThrow())) ? root[0] : null;
            }
            case "remove" -> {
                return get(root[0], path) != null && remove(root[0], path) ? root[0] : null;
            }
            default -> {
                JsonPointer from = JsonPointer.parse(op.get("from").orElseThrow().text());
                Object value = get(root[0], from);
                boolean move = op.get("op").orElseThrow().text().equals("move");
                if (value == null || move && from.isProperPrefixOf(path)) {
                    return null;
                }
                if (move && from.equals(path)) {
                    return root[0];
                }
                Object copy = of(JsonPlans.parse(text(value)));
                return (!move || remove(root[0], from)) && add(root, path, copy) ? root[0] : null;
            }
        }
    }

    private static Object get(Object tree, JsonPointer pointer) {
        Object at = tree;
        for (String step : pointer.tokens()) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(step);
            } else if (at instanceof List<?> list && step.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(step) < list.size()) {
                at = list.get(Integer.parseInt(step));
            } else {
                return null;
            }
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static boolean add(Object[] root, JsonPointer path, Object value) {
        Object parent = path.isRoot() ? null : get(root[0], path.parent());
        if (parent instanceof List<?> list) {
            String step = path.last();
            int index = step.equals("-") ? list.size() : step.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(step) : -1;
            if (index < 0 || index > list.size()) {
                return false;
            }
            ((List<Object>) list).add(index, value);
            return true;
        }
        return set(root, path, value);
    }

    @SuppressWarnings("unchecked")
    private static boolean set(Object[] root, JsonPointer path, Object value) {
        if (path.isRoot()) {
            root[0] = value;
            return true;
        }
        Object parent = get(root[0], path.parent());
        if (parent instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).put(path.last(), value);
            return true;
        }
        if (parent instanceof List<?> list) {
            ((List<Object>) list).set(Integer.parseInt(path.last()), value);
            return true;
        }
        return false;
    }

    private static boolean remove(Object tree, JsonPointer path) {
        if (path.isRoot()) {
            return false;
        }
        Object parent = get(tree, path.parent());
        if (parent instanceof Map<?, ?> map) {
            map.remove(path.last());
        } else if (parent instanceof List<?> list) {
            list.remove(Integer.parseInt(path.last()));
        }
        return true;
    }
}
