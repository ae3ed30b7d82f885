package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.Footprint;
import dev.autosync.spi.PatchPlan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a JSON patch says that it reads and changes: places in the file as it was before. */
class JsonFootprintTest {
    private static final String DOCUMENT = "{\"a\":{\"x\":1,\"y\":[10,{\"k\":1},12]},\"b\":[1,2,3],\"m/n\":0}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'op':'test','path':'/a/x','value':1}                        | /a/x    | ``",
        "{'op':'replace','path':'/a/x','value':2}                     | ``      | /a/x",
        "{'op':'replace','path':'/m~1n','value':2}                    | ``      | /m~1n",
        "{'op':'add','path':'/a/z','value':2}                         | ``      | /a/z",
        "{'op':'add','path':'/a/x','value':2}                         | ``      | /a/x",
        "{'op':'remove','path':'/a'}                                  | ``      | /a",
        "{'op':'copy','from':'/a/x','path':'/c'}                      | /a/x    | /c",
        "{'op':'move','from':'/a/x','path':'/c'}                      | /a/x    | /a/x /c",
        "{'op':'add','path':'/b/-','value':2}                         | ``      | /b",
        "{'op':'remove','path':'/b/1'}                                | ``      | /b",
        "{'op':'replace','path':'/b/1','value':0}                     | ``      | /b/1",
        "{'op':'add','path':'/a/y/0','value':0},{'op':'replace','path':'/a/y/2/k','value':2}  | `` | /a/y /a/y/1/k",
        "{'op':'add','path':'/a/y/0','value':{}},{'op':'add','path':'/a/y/0/k','value':2}     | `` | /a/y",
        "{'op':'remove','path':'/b/0'},{'op':'test','path':'/b/0','value':2}                  | /b/1 | /b",
        "{'op':'add','path':'/c','value':{}},{'op':'add','path':'/c/d','value':2}             | `` | /c",
        "{'op':'move','from':'/a','path':'/c'},{'op':'replace','path':'/c/x','value':2}       | /a | /a /c",
        "{'op':'replace','path':'/a','value':{'x':[1]}},{'op':'replace','path':'/a/x/0','value':2} | `` | /a",
    })
    void namesPlacesAsTheyWereBefore(String operations, String reads, String changes) {
        Footprint footprint = footprint(JsonPlans.jsonPatch(DOCUMENT, "[" + operations.replace('\'', '"') + "]"));
        assertThat(pointers(footprint.reads())).isEqualTo(reads);
        assertThat(pointers(footprint.changes())).isEqualTo(changes);
        assertThat(footprint.reads()).allSatisfy(place -> assertThat(place.path()).isEqualTo(JsonPlans.FILE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':{'x':2,'z':3}} | `` | /a/x /a/z", "{'a':null} | `` | /a", "{'q':null} | /q | ``", "{'b':[1]} | `` | /b",
    })
    void namesTheMembersOfAMergePatch(String patch, String reads, String changes) {
        Footprint footprint = footprint(JsonPlans.mergePatch(DOCUMENT, patch.replace('\'', '"')));
        assertThat(pointers(footprint.reads())).isEqualTo(reads);
        assertThat(pointers(footprint.changes())).isEqualTo(changes);
    }

    @Test
    void isTheWholeDocumentWhereThereIsTooMuchToName() {
        String document = "{" + IntStream.range(0, 1001).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(",")) + "}";
        String all = IntStream.range(0, 1001).mapToObj(i -> "{\"op\":\"replace\",\"path\":\"/k" + i + "\",\"value\":1}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(footprint(JsonPlans.jsonPatch(document, all)).changes()).containsExactly(Footprint.Place.value(JsonPlans.FILE, ""));
        assertThat(footprint(JsonPlans.jsonPatch(document, all.replace("{\"op\":\"replace\",\"path\":\"/k0\",\"value\":1},", ""))).changes())
                .hasSize(1000);
    }

    private static Footprint footprint(PatchPlan plan) {
        assertThat(plan.verdict()).as(plan.reason()).isIn(PatchPlan.Verdict.EDITS, PatchPlan.Verdict.ALREADY_APPLIED);
        return plan.footprint().orElseThrow();
    }

    private static String pointers(List<Footprint.Place> places) {
        return places.stream().map(place -> place.pointer().orElseThrow()).collect(Collectors.joining(" "));
    }
}
