package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncReport;
import dev.autosync.core.json.JsonSection;
import dev.autosync.testkit.RecordingOutput;
import dev.autosync.testkit.SampleReports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HtmlReporterTest {
    private static final Path WORKSPACE = Path.of("workspace");
    static final List<SyncReport> REPORTS = List.of(SampleReports.empty(WORKSPACE), SampleReports.typical(WORKSPACE),
            SampleReports.hostile(WORKSPACE), SampleReports.large(WORKSPACE), SampleReports.large(WORKSPACE, 4, 1));
    private static final Set<String> ELEMENTS = Set.of("html", "head", "meta", "link", "title", "style", "body", "a", "header", "nav", "main",
            "section", "footer", "div", "span", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "code", "time", "figure",
            "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "svg", "desc", "path", "line", "rect", "circle", "text");

    @ParameterizedTest
    @FieldSource("REPORTS")
    void holdsNothingThatRunsOrLoads(SyncReport report) throws IOException {
        String html = html(report);
        Document page = Page.parse(html);

        for (Element element : Page.elements(page, "*")) {
            assertThat(ELEMENTS).contains(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Attr attribute = (Attr) element.getAttributes().item(i);
                assertThat(attribute.getName()).doesNotStartWith("on").isNotIn("src", "srcset", "srcdoc", "action", "xmlns");
                if (attribute.getName().equals("href")) {
                    assertThat(attribute.getValue()).matches("#[a-z]+|data:,");
                }
            }
        }
        assertThat(html).doesNotContain("<script").doesNotContainPattern("(?i)@import|url\\(|expression\\(");
        assertThat(Page.elements(page, "meta")).filteredOn(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .singleElement().satisfies(meta -> assertThat(meta.getAttribute("content"))
                        .startsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;"));
    }

    @ParameterizedTest
    @FieldSource("REPORTS")
    void canBeReadWithoutSeeingIt(SyncReport report) throws IOException {
        Document page = Page.parse(html(report));

        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        for (String landmark : List.of("header", "nav", "main", "footer", "h1")) {
            assertThat(Page.elements(page, landmark)).as(landmark).hasSize(1);
        }
        List<String> ids = Page.elements(page, "*").stream().map(element -> element.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        for (Element element : Page.elements(page, "*")) {
            if (!element.getAttribute("aria-labelledby").isEmpty()) {
                assertThat(ids).contains(element.getAttribute("aria-labelledby").split(" "));
            }
        }
        assertThat(Page.elements(page, "a")).allSatisfy(link -> assertThat(ids).contains(link.getAttribute("href").substring(1)));
        assertThat(Page.elements(page, "svg")).filteredOn(svg -> svg.getAttribute("role").equals("img"))
                .allSatisfy(svg -> assertThat(((Element) svg.getFirstChild()).getTagName()).isEqualTo("title"));
        for (Element table : Page.elements(page, "table")) {
            assertThat(Page.elements(table, "caption")).hasSize(1);
            assertThat(Page.elements(table, "th")).isNotEmpty().allMatch(th -> th.getAttribute("scope").matches("col|row"));
        }
        assertThat(Page.elements(page, "span")).filteredOn(span -> span.getAttribute("class").startsWith("badge"))
                .allSatisfy(badge -> assertThat(badge.getLastChild().getTextContent()).as("a word beside the sign").matches("[a-zA-Z0-9, -]+"));
    }

    @Test
    void saysInASentenceWhatIsNotThere() throws IOException {
        Document page = Page.parse(html(SampleReports.empty(WORKSPACE)));

        for (Element section : Page.elements(page, "section")) {
            assertThat(section.getTextContent()).as(section.getAttribute("id")).containsPattern("\\w+ .*\\.");
        }
        assertThat(Page.elements(page, "table")).isEmpty();
        assertThat(Page.elements(page, "svg")).isEmpty();
    }

    @Test
    void tellsWhatATypicalCycleDid() throws IOException {
        Document page = Page.parse(html(SampleReports.typical(WORKSPACE)));

        assertThat(Page.elements(page, "h1").get(0).getTextContent()).isEqualTo("Sample");
        assertThat(text(page, "kpis")).contains("coverage", "81.6", "Target at least 80 %", "met", "weight 2", "rising, better")
                .contains("build time", "missed", "rising, worse", "open issues", "No target");
        assertThat(text(page, "alerts")).contains("above 180 s", "above:kpi:build time", "event 840");
        assertThat(text(page, "patches")).contains("1 culprit", "raise-request-limit", "config/app.json", "fits at src/Flags.java:41", "AS-1101");
        assertThat(text(page, "culprits")).contains("drop-rate-check", "Run 2 without it against run 1 with it", "expected: 429 but was: 200");
        assertThat(text(page, "runs")).contains("baseline", "green", "red", "98.77 s");
        assertThat(text(page, "trends")).contains("time of its tests", "+3.1 s a cycle", "< 0.001", "too few values to tell");
        assertThat(text(page, "lessons")).contains("Mend it or mark it as flaky", "4 of 5", "events 120, 164, 241, 310, 377 and 2 more", "watches test-seconds")
                .contains("helped", "test runs, median 9 of 18 values before, median 4 of 14 values after, p = 0.002", "dismissed", "gone");
        assertThat(text(page, "restored")).contains("same", "changed by somebody else", "(not there)", "target/generated/Build.java");
        assertThat(text(page, "warnings")).contains("Connection refused");
        assertThat(Page.elements(page, "svg").stream().map(svg -> svg.getAttribute("aria-labelledby")).filter(id -> !id.isEmpty()).toList())
                .containsExactly("plot-success-title plot-success-desc", "plot-duration-title plot-duration-desc",
                        "plot-culprits-title plot-culprits-desc");
    }

    @Test
    void showsHostileTextAsText() throws IOException {
        String html = html(SampleReports.hostile(WORKSPACE));

        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;").contains("&quot; onmouseover=&quot;alert(5)&quot; &#39; onfocus=&#39;alert(6)")
                .contains("\\u202egnp.exe\\u202c");
        assertThat(SampleReports.hostileTexts()).filteredOn(text -> text.matches("(?s).*[<\"\\p{Cntrl}\u202e\u2028].*")).hasSizeGreaterThan(6)
                .allSatisfy(text -> assertThat(html).doesNotContain(text));
    }

    @Test
    void keepsItsSizeWhenTheBatchAndTheHistoryGrow() throws IOException {
        String html = html(SampleReports.large(WORKSPACE, 10_000, 10_000));
        Document page = Page.parse(html);

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(500_000);
        assertThat(text(page, "patches")).contains("9,000 applied", "500 culprit", "and 9,800 more");
        assertThat(text(page, "culprits")).contains("and 475 more", "and 30 more");
        assertThat(Page.elements(page, "svg")).allSatisfy(svg -> assertThat(Page.elements(svg, "*").size()).isLessThan(2 * Thinned.MOST + 50));
        assertThat(Page.elements(page, "circle").size()).isLessThan(3 * Thinned.MOST);
    }

    @Test
    void showsThoseThatDidNotLandFirstWhenThereIsNoRoomForAll() throws IOException {
        Document page = Page.parse(html(SampleReports.large(WORKSPACE)));

        List<String> outcomes = Page.elements(Page.byId(page, "patches"), "td").stream()
                .filter(cell -> cell.getAttribute("data-label").equals("Outcome")).map(Element::getTextContent).toList();
        assertThat(outcomes).hasSize(200);
        assertThat(new TreeSet<>(outcomes)).containsExactly("!conflict", "\u2717culprit");
    }

    private static String text(Document page, String id) {
        return Page.byId(page, id).getTextContent();
    }

    private static String html(SyncReport report) throws IOException {
        RecordingOutput output = new RecordingOutput();
        new HtmlReporterFactory().create(JsonSection.empty()).report(report, output);
        assertThat(output.files()).containsOnlyKeys(HtmlReporter.FILE);
        return output.files().get(HtmlReporter.FILE);
    }
}
