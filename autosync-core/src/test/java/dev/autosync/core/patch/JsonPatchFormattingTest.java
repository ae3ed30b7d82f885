package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.patched;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file looks like after an edit. In the tables {@code '} is a quote and {@code $} a line break. */
class JsonPatchFormattingTest {
    private static final String PACKAGE = """
            {
              "name" : "x",

              "files": ["a", "b"],
              "scripts": {
                "build": "make",
                "test": "make test"
              },
              "e": {},
              "deps": [
                {
                  "id": 1
                }
              ]
            }
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "member of a spread object    | {$  'a': 1,$  'b': 2$}   | add /c 3        | {$  'a': 1,$  'b': 2,$  'c': 3$}",
        "only one neighbour           | {$  'a': 1$}             | add /c 3        | {$  'a': 1,$  'c': 3$}",
        "no white space at all        | {'a':1}                  | add /c 3        | {'a':1,'c':3}",
        "inline with spaces           | {'a': 1, 'b': 2}         | add /c 3        | {'a': 1, 'b': 2, 'c': 3}",
        "inline, one neighbour        | {'a': 1}                 | add /c 3        | {'a': 1, 'c': 3}",
        "inline with padding          | { 'a': 1 }               | add /c 3        | { 'a': 1, 'c': 3 }",
        "comma first                  | {$  'a': 1$, 'b': 2$}    | add /c 3        | {$  'a': 1$, 'b': 2$, 'c': 3$}",
        "blank line between           | {$  'a': 1,$$  'b': 2$}  | add /c 3        | {$  'a': 1,$$  'b': 2,$  'c': 3$}",
        "odd colon                    | {$  'a' :  1$}           | add /c 3        | {$  'a' :  1,$  'c' :  3$}",
        "empty document               | {}                       | add /c 3        | {$  'c': 3$}",
        "empty array                  | []                       | add /- 3        | [$  3$]",
        "empty in a spread one        | {$    'a': {}$}          | add /a/b 3      | {$    'a': {$        'b': 3$    }$}",
        "empty in an inline one       | {'a': {}}                | add /a/b 3      | {'a': {'b': 3}}",
        "empty in an inline array     | {$ 'a': [{}]$}           | add /a/0/b 3    | {$ 'a': [{'b': 3}]$}",
        "empty with white space in it | {'a':{ }}                | add /a/b 3      | {'a':{'b':3}}",
        "element in front             | [$  1,$  2$]             | add /0 0        | [$  0,$  1,$  2$]",
        "element between              | [$  1,$  2$]             | add /1 0        | [$  1,$  0,$  2$]",
        "element at the end           | [$  1,$  2$]             | add /2 0        | [$  1,$  2,$  0$]",
        "element in front of only one | [$  1$]                  | add /0 0        | [$  0,$  1$]",
        "element inline               | [1, 2]                   | add /1 0        | [1, 0, 2]",
        "element of wrapped rows      | [$  1, 2,$  3, 4$]       | add /- 5        | [$  1, 2,$  3, 4, 5$]",
        "first member out             | {$  'a': 1,$  'b': 2$}   | remove /a       | {$  'b': 2$}",
        "middle member out            | {'a':1, 'b':2,  'c':3}   | remove /b       | {'a':1, 'c':3}",
        "last member out              | {$  'a': 1,$  'b': 2$}   | remove /b       | {$  'a': 1$}",
        "only member out              | {$  'a': 1$}             | remove /a       | {}",
        "only element out             | [ 1 ]                    | remove /0       | []",
        "value only                   | {$  'a' :  1 ,$ 'b':2$}  | replace /a {}   | {$  'a' :  {} ,$ 'b':2$}",
        "object into a spread one     | {$  'a': 1$}             | add /c {'x':[]} | {$  'a': 1,$  'c': {$    'x': []$  }$}",
        "object into an inline one    | {'a': 1}                 | add /c {'x':[1,2]} | {'a': 1, 'c': {'x': [1, 2]}}",
        "object like its neighbour    | {$  'a': {'x': 1}$}      | add /c {'x':2}  | {$  'a': {'x': 1},$  'c': {'x': 2}$}",
        "object like the old one      | {$  'a': { 'x': 1 },$  'b': {$    'y': 1$  }$} | replace /a {'z':2} | {$  'a': { 'z': 2 },$  'b': {$    'y': 1$  }$}",
        "object in a hugging array    | [{$  'a': 1$}]           | add /- {'a':2}  | [{$  'a': 1$}, {$  'a': 2$}]",
        "whole document               | {$  'a': 1$}$            | replace  {'b':{'c':1}} | {$  'b': {$    'c': 1$  }$}$",
        "whole inline document        | {'a':1}                  | replace  {'b':[1,2]}   | {'b':[1,2]}",
    })
    void looksLikeWhatIsAroundIt(String title, String before, String edit, String after) {
        String[] parts = edit.split(" ", 3);
        String value = parts[0].equals("remove") ? "" : ",\"value\":" + parts[2];
        String op = "[{\"op\":\"" + parts[0] + "\",\"path\":\"" + parts[1] + "\"" + value + "}]";
        for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
            for (String end : new String[] {"", lineEnd}) {
                for (String start : new String[] {"", "\uFEFF"}) {
                    String expected = start + text(after, lineEnd) + end;
                    // What starts without any line end has none to show.
                    boolean shows = before.contains("$") || !end.isEmpty() || lineEnd.equals("\n");
                    if (shows) {
                        assertThat(patched(start + text(before, lineEnd) + end, op.replace('\'', '"'))).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[{}]         | /0/a | /0/b | [{'a': 1, 'b': 2}]",
        "[{}]         | /0/a | /-   | [{'a': 1}, 2]",
        "[{'x':0}]    | /0/a | /0/b | [{'x':0,'a':1,'b':2}]",
        "[{'x': 0}]   | /0/a | /0/b | [{'x': 0, 'a': 1, 'b': 2}]",
        "{'a':1}      | /b   | /c   | {'a':1,'b':1,'c':2}",
        "[1]          | /-   | /-   | [1,1,2]",
        "{}           | /a   | /b   | {$  'a': 1,$  'b': 2$}",
    })
    void writesColonsAndCommasAlike(String before, String first, String second, String after) {
        String ops = "[{\"op\":\"add\",\"path\":\"" + first + "\",\"value\":1},{\"op\":\"add\",\"path\":\"" + second + "\",\"value\":2}]";
        assertThat(patched(text(before, "\n"), ops)).isEqualTo(text(after, "\n"));
    }

    @Test
    void indentsWithTabsWhereTheFileDoes() {
        assertThat(patched("{\n\t\"a\": {},\n\t\"b\": {\n\t\t\"c\": 1\n\t}\n}", "[{\"op\":\"add\",\"path\":\"/a/x\",\"value\":{\"y\":{\"z\":1}}}]"))
                .isEqualTo("{\n\t\"a\": {\n\t\t\"x\": {\n\t\t\t\"y\": {\n\t\t\t\t\"z\": 1\n\t\t\t}\n\t\t}\n\t},\n\t\"b\": {\n\t\t\"c\": 1\n\t}\n}");
    }

    @Test
    void writesArraysAndObjectsAsTheFileMostlyDoes() {
        String result = patched(PACKAGE, """
                [{"op":"add","path":"/scripts/lint","value":"make\\u0020lint"},
                 {"op":"add","path":"/new","value":{"list":["x","y"],"map":{"k":1.50},"none":[],"objects":[{"id":2}]}},
                 {"op":"add","path":"/deps/-","value":{"id":2}},
                 {"op":"add","path":"/e/x","value":true}]""");
        assertThat(result).isEqualTo("""
                {
                  "name" : "x",

                  "files": ["a", "b"],
                  "scripts": {
                    "build": "make",
                    "test": "make test",
                    "lint": "make\\u0020lint"
                  },
                  "e": {
                    "x": true
                  },
                  "deps": [
                    {
                      "id": 1
                    },
                    {
                      "id": 2
                    }
                  ],
                  "new": {
                    "list": ["x", "y"],
                    "map": {
                      "k": 1.50
                    },
                    "none": [],
                    "objects": [
                      {
                        "id": 2
                      }
                    ]
                  }
                }
                """);
    }

    @Test
    void shiftsWhatItMovesToItsNewIndent() {
        assertThat(patched(PACKAGE, "[{\"op\":\"move\",\"from\":\"/scripts\",\"path\":\"/deps/0/s\"},{\"op\":\"copy\",\"from\":\"/deps/0/s\",\"path\":\"/s\"}]"))
                .isEqualTo("""
                {
                  "name" : "x",

                  "files": ["a", "b"],
                  "e": {},
                  "deps": [
                    {
                      "id": 1,
                      "s": {
                        "build": "make",
                        "test": "make test"
                      }
                    }
                  ],
                  "s": {
                    "build": "make",
                    "test": "make test"
                  }
                }
                """);
    }

    @Test
    void leavesNothingOfTheWhiteSpaceOfThePatch() {
        assertThat(patched("{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":{\n   \"x\" : [ 1 ,\r\n 2 ] }}]"))
                .isEqualTo("{\"a\":1,\"b\":{\"x\":[1,2]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "{\n  \"a\": 1\n}\n", "[]", " [ { \"a\" : [ ] } ] \r\n", "\uFEFF{}"})
    void keepsWhatStandsAroundTheDocument(String document) {
        assertThat(patched(document, "[{\"op\":\"add\",\"path\":\"\",\"value\":0},{\"op\":\"test\",\"path\":\"\",\"value\":0}]"))
                .isEqualTo(document.replaceFirst("(?s)[\\[{].*[\\]}]", "0"));
    }

    private static String text(String template, String lineEnd) {
        return template.replace('\'', '"').replace("$", lineEnd);
    }
}
