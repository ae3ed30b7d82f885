package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.jsonPatch;
import static dev.autosync.core.patch.JsonPlans.merged;
import static dev.autosync.core.patch.JsonPlans.patched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.PatchPlan;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a new member goes. In the tables {@code '} is a quote and {@code $} a line break. */
class JsonPlaceHintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'z':1,'a':2,'m':3}      | 'after':'z'               | {'z':1,'new':0,'a':2,'m':3}",
        "{'z':1,'a':2,'m':3}      | 'after':'m'               | {'z':1,'a':2,'m':3,'new':0}",
        "{'z':1,'a':2,'m':3}      | 'before':'z'              | {'new':0,'z':1,'a':2,'m':3}",
        "{'z':1,'a':2,'m':3}      | 'before':'m'              | {'z':1,'a':2,'new':0,'m':3}",
        "{'z':1,'a':2,'m':3}      | 'after':'?','before':'a'  | {'z':1,'new':0,'a':2,'m':3}",
        "{'z':1,'a':2,'m':3}      | 'after':'z','before':'m'  | {'z':1,'new':0,'a':2,'m':3}",
        "{'a':1,'b':2,'c':3}      | 'after':'a'               | {'a':1,'new':0,'b':2,'c':3}",
        "{'z':1,'new':2,'m':3}    | 'after':'m'               | {'z':1,'new':0,'m':3}",
        "{$  'z': 1,$  'a': 2$}   | 'after':'z'               | {$  'z': 1,$  'new': 0,$  'a': 2$}",
        "{$  'z': 1,$$  'a': 2$}  | 'after':'z'               | {$  'z': 1,$  'new': 0,$$  'a': 2$}",
        "{$  'z': 1,$$  'a': 2$}  | 'before':'a'              | {$  'z': 1,$$  'new': 0,$  'a': 2$}",
        "{$  'z': 1, // z$  'a': 2$} | 'after':'z'            | {$  'z': 1, // z$  'new': 0,$  'a': 2$}",
        "{'z':1,'a':2}            | 'after':5,'before':null   | {'z':1,'a':2,'new':0}",
    })
    void isBesideTheSiblingThatIsNamed(String before, String hint, String after) {
        String operation = "[{'op':'add','path':'/new','value':0," + hint + "}]";
        PatchPlan plan = jsonPatch(text(before), text(operation));
        assertThat(JsonPlans.result(text(before), plan)).isEqualTo(text(after));
        assertThat(plan.reason()).isEmpty();
    }

    @Test
    void isHintedByCopyAndMoveToo() {
        assertThat(patched("{\"z\":1,\"a\":2}", "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/c\",\"after\":\"z\"}]"))
                .isEqualTo("{\"z\":1,\"c\":2,\"a\":2}");
        assertThat(patched("{\"z\":1,\"a\":2}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/c\",\"before\":\"z\"}]"))
                .isEqualTo("{\"c\":2,\"z\":1}");
    }

    @Test
    void isTheUsualOneWithANoteWhereTheSiblingIsMissing() {
        PatchPlan plan = jsonPatch("{\"z\":1,\"a\":2}", "[{\"op\":\"add\",\"path\":\"/new\",\"value\":0,\"after\":\"x\",\"before\":\"y\"}]");
        assertThat(JsonPlans.result("{\"z\":1,\"a\":2}", plan)).isEqualTo("{\"z\":1,\"a\":2,\"new\":0}");
        assertThat(plan.reason()).isEqualTo("operation /0 (add \"/new\"): there is no member \"x\" to stand after and no member \"y\" to stand"
                + " before, the member was put where it would be without the hint");
    }

    @Test
    void isNotedNoMoreThanTwentyTimes() {
        String add = "{\"op\":\"add\",\"path\":\"/%d\",\"value\":0,\"after\":\"x\"}";
        String patch = "[" + String.join(",", IntStream.range(0, 50).mapToObj(add::formatted).toList()) + "]";
        assertThat(jsonPatch("{}", patch).reason().split("; ")).hasSize(21).endsWith("and more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':1,'c':2,'e':3} | d | {'a':1,'c':2,'d':0,'e':3}", "{'a':1,'c':2,'e':3} | A | {'A':0,'a':1,'c':2,'e':3}",
        "{'a':1,'c':2,'e':3} | f | {'a':1,'c':2,'e':3,'f':0}", "{'a':1,'c':2} | b | {'a':1,'c':2,'b':0}",
        "{'a':1,'c':2,'b':3} | a1 | {'a':1,'c':2,'b':3,'a1':0}", "{'a':1,'c':2,'c':3,'e':4} | d | {'a':1,'c':2,'c':3,'e':4,'d':0}",
        "{$  'a': 1,$  'c': 2,$  'e': 3$} | b | {$  'a': 1,$  'b': 0,$  'c': 2,$  'e': 3$}",
    })
    void isInOrderWhereThreeNamesOrMoreAre(String before, String name, String after) {
        String document = text(before);
        assertThat(patched(document, "[{\"op\":\"add\",\"path\":\"/" + name + "\",\"value\":0}]")).isEqualTo(text(after));
        assertThat(merged(document, "{\"" + name + "\":0}")).isEqualTo(text(after));
    }

    @Test
    void staysInOrderForMembersOfTheSamePatchAndNotBehindAHintThatBreaksIt() {
        assertThat(merged("{\"a\":1,\"c\":2,\"e\":3}", "{\"f\":0,\"b\":0,\"d\":0}"))
                .isEqualTo("{\"a\":1,\"b\":0,\"c\":2,\"d\":0,\"e\":3,\"f\":0}");
        String broken = "[{\"op\":\"add\",\"path\":\"/z\",\"value\":0,\"after\":\"a\"},{\"op\":\"add\",\"path\":\"/b\",\"value\":0}]";
        assertThat(patched("{\"a\":1,\"c\":2,\"e\":3}", broken)).isEqualTo("{\"a\":1,\"z\":0,\"c\":2,\"e\":3,\"b\":0}");
    }

    @Test
    void isDecidedByTheObjectItselfInEveryCopy() {
        String patch = "[{\"op\":\"copy\",\"from\":\"/o\",\"path\":\"/p\"},{\"op\":\"add\",\"path\":\"/p/b\",\"value\":0}]";
        assertThat(patched("{\"o\":{\"a\":1,\"c\":2,\"d\":3}}", patch))
                .isEqualTo("{\"o\":{\"a\":1,\"c\":2,\"d\":3},\"p\":{\"a\":1,\"b\":0,\"c\":2,\"d\":3}}");
    }

    private static String text(String template) {
        return template.replace('\'', '"').replace('$', '\n');
    }
}
