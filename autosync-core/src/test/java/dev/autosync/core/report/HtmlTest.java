package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.autosync.core.text.Untrusted;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class HtmlTest {
    @Test
    void escapesTextAndAttributes() {
        String html = new Html().open("p", "title", "a \"b\" 'c' <d> & e").text("<b>\"&amp;\"</b>").close().document();

        assertThat(html).contains("title=\"a &quot;b&quot; &#39;c&#39; &lt;d&gt; &amp; e\"")
                .contains("&lt;b&gt;&quot;&amp;amp;&quot;&lt;/b&gt;");
    }

    @Test
    void showsControlsAsEscapesAndCutsLongText() {
        String html = new Html().element("p", "\u001b[31m\u202ered\n" + "x".repeat(10_000)).document();

        assertThat(html).contains("\\u001b[31m\\u202ered\\n").contains("\u2026").hasSizeLessThan(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"onclick | alert(1)", "href | https://example.org", "href | javascript:alert(1)", "src | data:text/html,x",
        "href | //example.org"})
    void refusesAttributesThatLeaveThePage(String name, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Html().open("a", name, value)).withMessageContaining(name);
    }

    @Test
    void keepsLinksWithinThePage() {
        assertThat(new Html().element("a", "up", "href", "#top").document()).contains("<a href=\"#top\">up</a>");
    }

    @Test
    void keepsTheWholePathOfAPlotAndOnlyThat() {
        String path = "M0 1" + "L2.5 -3".repeat(500);

        assertThat(new Html().empty("path", "d", path).document()).contains("d=\"" + path + "\"");
        assertThat(new Html().empty("path", "d", "M0 1\" onload=\"x").document()).contains("d=\"M0 1&quot; onload=&quot;x\"");
    }

    @Test
    void isNoDocumentBeforeEveryElementIsClosed() {
        assertThatIllegalStateException().isThrownBy(() -> new Html().open("div").document()).withMessageContaining("div");
    }

    @Test
    void refusesAStyleSheetThatCouldEndItself() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Html().style("a {} </style>"));
    }

    @Property
    void anyTextComesBackAsItIsShown(@ForAll String text) {
        Element root = Page.parse(new Html().open("p", "title", text).text(text).close().document()).getDocumentElement();

        String shown = Untrusted.line(text, 300).replace('\ufffe', '\ufffd').replace('\uffff', '\ufffd');
        assertThat(root.getTextContent()).isEqualTo(shown);
        assertThat(root.getAttribute("title")).isEqualTo(shown);
    }
}
