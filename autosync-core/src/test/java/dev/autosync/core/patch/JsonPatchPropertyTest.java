package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonLimits;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonQuote;
import dev.autosync.core.json.JsonTape;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PatchPlan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Over documents with white space in every place where JSON allows it. */
class JsonPatchPropertyTest {
    private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n  ", "\n\t", "  \n\n    "};
    private static final List<String> COMMENTS = List.of("// one, two", "/* { */", "/* \" */");
    private static final String[] NAMES = {"a", "b", "", "a/b", "m~n", "0", "-", "é", "\"q\""};
    private static final String[] SCALARS = {"0", "-0", "1.50", "1E+5", "1e400", "true", "false", "null", "\"\"", "\"\\u0041\"", "\"é{[,\""};

    @Property(tries = 3000)
    void replaceTouchesNothingButTheValue(@ForAll Random random) {
        String document = document(random);
        JsonNode target = any(JsonPlans.parse(document), random);
        String value = scalar(random);
        String result = JsonPlans.patched(document, op("replace", target.pointer(), value));
        assertThat(result).isEqualTo(document.substring(0, target.start()) + value + document.substring(target.end()));
    }

    @Property(tries = 3000)
    void addThenRemoveGivesBackEveryByte(@ForAll Random random) {
        String document = document(random);
        JsonNode container = any(JsonPlans.parse(document), random);
        if (!container.isContainer() || container.members().isEmpty() && container.elements().isEmpty() && container.end() - container.start() > 2) {
            return; // White space inside empty brackets is not kept.
        }
        String step = container.kind() == JsonNode.Kind.OBJECT ? "new" : String.valueOf(random.nextInt(container.elements().size() + 1));
        String path = container.pointer() + "/" + step;
        String added = JsonPlans.patched(document, op("add", path, compact(random, 2)));
        assertThat(added).isNotEqualTo(document);
        assertThat(JsonPlans.patched(added, "[{\"op\":\"remove\",\"path\":" + JsonQuote.quote(path) + "}]")).isEqualTo(document);
    }

    @Property(tries = 5000)
    void theTextSaysWhatTheTreeWouldSay(@ForAll Random random) {
        String document = document(random);
        Object tree = JsonTrees.of(JsonPlans.parse(document));
        List<String> ops = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String op = anyOp(tree, random);
            Object next = JsonTrees.apply(tree, JsonPlans.parse(op));
            if (next == null) {
                ops.add(op);
                PatchPlan plan = JsonPlans.jsonPatch(document, ops.stream().collect(Collectors.joining(",", "[", "]")));
                assertThat(plan.verdict()).as(plan.reason()).isIn(Verdict.CONFLICT, Verdict.REFUSED);
                ops.remove(ops.size() - 1);
            } else {
                ops.add(op);
                tree = next;
            }
        }
        String result = JsonPlans.patched(document, ops.stream().collect(Collectors.joining(",", "[", "]")));
        assertThat(JsonTrees.of(JsonPlans.parse(result))).isEqualTo(tree);
    }

    /** Whatever is done to one member, what stands in front of its object and behind it keeps its bytes; comments and all. */
    @Property(tries = 2000)
    void nothingOutsideOfTheTouchedContainerChanges(@ForAll Random random) {
        String document = commented(document(random), random);
        JsonNode container = any(tolerant(document), random);
        if (!container.isContainer()) {
            return;
        }
        boolean object = container.kind() == JsonNode.Kind.OBJECT;
        int size = container.members().size() + container.elements().size();
        int index = size == 0 ? 0 : random.nextInt(size);
        boolean there = size > 0 && random.nextBoolean();
        String step = !there ? object ? "n~0w" : "-"
                : object ? JsonPointer.escape(container.members().get(index).name()) : String.valueOf(index);
        String path = container.pointer() + "/" + step;
        String operation = there ? List.of("{\"op\":\"remove\",\"path\":" + JsonQuote.quote(path) + "}",
                bare("add", path, compact(random, 2)), bare("replace", path, scalar(random))).get(random.nextInt(3))
                : bare("add", path, compact(random, 2));
        String result = JsonPlans.patched(document, "[" + operation + "]");
        assertThat(result).startsWith(document.substring(0, container.start() + 1));
        assertThat(result).endsWith(document.substring(container.end() - 1));
        assertThat(JsonTrees.of(tolerant(result)))
                .isEqualTo(JsonTrees.apply(JsonTrees.of(tolerant(document)), JsonPlans.parse(operation)));
        for (String comment : COMMENTS) {
            int kept = count(result, comment);
            assertThat(kept).as(result).isLessThanOrEqualTo(count(document, comment));
            if (!there) {
                assertThat(kept).as(result).isEqualTo(count(document, comment));
            }
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static JsonNode tolerant(String text) {
        return JsonText.parse(text, "test", ErrorCode.CONFIG_SYNTAX, ErrorCode.CONFIG_SYNTAX,
                new JsonLimits(1 << 20, 500, 1000, 1 << 20, true));
    }

    /* Comments in front of names and values; from the end, so that offsets stay. */
    private static String commented(String document, Random random) {
        JsonTape tape = JsonPlans.parse(document).tape();
        StringBuilder text = new StringBuilder(document);
        for (int value = tape.size() - 1; value >= 0; value--) {
            if (random.nextInt(4) == 0) {
                String comment = COMMENTS.get(random.nextInt(3));
                text.insert(tape.nameStart(value), comment + (comment.startsWith("//") ? "\n" : ""));
            }
        }
        return text.toString();
    }

    @Property(tries = 1000)
    void copiesShareNothingThatCanChange(@ForAll Random random) {
        String document = "{\"a\":" + value(random, 3, true) + ",\"b\":{}}";
        String touch = bare("add", "/a", "{\"x\":{\"y\":1}}") + "," + bare("add", "/a/x/z", compact(random, 2));
        String copy = carry("copy", "/a", "/b/c") + "," + carry("copy", "", "/d");
        String edits = bare("add", "/a/x/y", "2") + "," + bare("add", "/b/c/x/y", "3") + "," + bare("add", "/d/b/c/x/y", "4");
        JsonNode result = JsonPlans.parse(JsonPlans.patched(document, "[" + touch + "," + copy + "," + edits + "]"));
        assertThat(List.of("/a/x/y", "/b/c/x/y", "/d/a/x/y", "/d/b/c/x/y")).extracting(pointer -> at(result, pointer).raw())
                .containsExactly("2", "3", "1", "4");
    }

    private static JsonNode at(JsonNode root, String pointer) {
        JsonNode node = root;
        for (String name : pointer.substring(1).split("/")) {
            node = node.get(name).orElseThrow();
        }
        return node;
    }

    @Property(tries = 2000)
    void mergingMakesWhatThePatchAsksForAndThenHasNothingToDo(@ForAll Random random) {
        String document = document(random);
        String patch = compact(random, 3);
        String result = JsonPlans.merged(document, patch);
        assertThat(JsonTrees.of(JsonPlans.parse(result)))
                .isEqualTo(JsonMerges.merge(JsonTrees.of(JsonPlans.parse(document)), JsonTrees.of(JsonPlans.parse(patch))));
        assertThat(JsonPlans.mergePatch(result, patch).verdict()).isEqualTo(Verdict.ALREADY_APPLIED);
    }

    private static String anyOp(Object tree, Random random) {
        List<String> pointers = JsonTrees.pointers(tree);
        String path = pointers.get(random.nextInt(pointers.size()));
        String other = pointers.get(random.nextInt(pointers.size()));
        String below = path + "/" + List.of("a", "0", "1", "-", "new", "~0~1").get(random.nextInt(6));
        return switch (random.nextInt(7)) {
            case 0 -> bare("add", path, compact(random, 2));
            case 1 -> bare("add", below, compact(random, 2));
            case 2 -> bare("replace", path, compact(random, 2));
            case 3 -> "{\"op\":\"remove\",\"path\":" + JsonQuote.quote(path) + "}";
            case 4 -> carry("move", other, random.nextBoolean() ? path : below);
            case 5 -> carry("copy", other, random.nextBoolean() ? path : below);
            default -> "{\"op\":\"remove\",\"path\":" + JsonQuote.quote(below) + "}";
        };
    }

    private static String carry(String op, String from, String path) {
        return "{\"op\":\"" + op + "\",\"from\":" + JsonQuote.quote(from) + ",\"path\":" + JsonQuote.quote(path) + "}";
    }

    private static String bare(String op, String path, String value) {
        return "{\"op\":\"" + op + "\",\"path\":" + JsonQuote.quote(path) + ",\"value\":" + value + "}";
    }

    private static String op(String op, String path, String value) {
        return "[" + bare(op, path, value) + "]";
    }

    private static JsonNode any(JsonNode root, Random random) {
        List<JsonNode> nodes = new ArrayList<>(List.of(root));
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).members().forEach(member -> nodes.add(member.value()));
            nodes.addAll(nodes.get(i).elements());
        }
        return nodes.get(random.nextInt(nodes.size()));
    }

    private static String document(Random random) {
        return (random.nextInt(5) == 0 ? "\uFEFF" : "") + space(random) + value(random, 4, true) + space(random);
    }

    private static String compact(Random random, int depth) {
        return value(random, depth, false);
    }

    private static String scalar(Random random) {
        return SCALARS[random.nextInt(SCALARS.length)];
    }

    private static String space(Random random) {
        return SPACES[random.nextInt(SPACES.length)];
    }

    private static String value(Random random, int depth, boolean spaced) {
        int sort = depth == 0 ? 2 : random.nextInt(3);
        if (sort == 2) {
            return scalar(random);
        }
        List<String> names = new ArrayList<>(List.of(NAMES));
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String item = value(random, depth - 1, spaced);
            if (sort == 0) {
                String name = JsonQuote.quote(names.remove(random.nextInt(names.size())));
                item = name + (spaced ? space(random) : "") + ":" + (spaced ? space(random) : "") + item;
            }
            items.add(spaced ? space(random) + item + space(random) : item);
        }
        String inside = items.isEmpty() && spaced ? space(random) : String.join(",", items);
        return sort == 0 ? "{" + inside + "}" : "[" + inside + "]";
    }
}
