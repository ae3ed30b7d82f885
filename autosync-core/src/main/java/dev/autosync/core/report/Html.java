package dev.autosync.core.report;

import dev.autosync.core.text.Untrusted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes HTML that is well-formed XML too. Every text and every attribute's value passes through here, is cut, neutralised and escaped: what
 * others wrote cannot become markup, and no caller can forget it.
 *
 * <p>Links lead nowhere but into the page itself, and no attribute runs a script: names and values that would are refused.
 */
final class Html {
    private static final int MAX_TEXT = 300;
    private static final Set<String> LINKS = Set.of("href", "src", "action", "data", "xlink:href");
    /** After these a new line begins; within a line of text a line end would become a space. */
    private static final Set<String> BLOCKS = Set.of("head", "title", "meta", "link", "style", "body", "header", "nav", "main", "footer",
            "section", "figure", "figcaption", "div", "ul", "ol", "li", "dl", "p", "h1", "h2", "h3", "h4", "table", "caption", "thead", "tbody",
            "tfoot", "tr", "svg");

    /** The lines of a plot, the one value that may be long. */
    private static final Pattern PATH = Pattern.compile("[MLh0-9 .-]*+");

    private final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param attributes names and values by turns
     */
    Html open(String tag, String... attributes) {
        start(tag, attributes);
        html.append('>');
        open.push(tag);
        return this;
    }

    /** Closes the element that was opened last. */
    Html close() {
        String tag = open.pop();
        html.append("</").append(tag).append('>');
        return lineAfter(tag);
    }

    /** An element that can hold nothing: an HTML void element or a shape of SVG. */
    Html empty(String tag, String... attributes) {
        start(tag, attributes);
        html.append("/>");
        return lineAfter(tag);
    }

    /** An element that holds text alone. */
    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Text, on one line. */
    Html text(String text) {
        escaped(text);
        return this;
    }

    /** The style sheet, which is ours and is written as it is. */
    Html style(String css) {
        if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
            throw new IllegalArgumentException("the style sheet must not hold < or &, which XML reads in another way than HTML");
        }
        open("style");
        html.append('\n').append(css);
        return close();
    }

    /** The whole document. */
    String document() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return html.toString();
    }

    private void start(String tag, String... attributes) {
        html.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            String name = attributes[i];
            String value = attributes[i + 1];
            if (name.startsWith("on") || LINKS.contains(name) && !value.startsWith("#") && !value.equals("data:,")) {
                throw new IllegalArgumentException("the attribute " + name + " would leave the page: " + value);
            }
            html.append(' ').append(name).append("=\"");
            if (name.equals("d") && PATH.matcher(value).matches()) {
                html.append(value);
            } else {
                escaped(value);
            }
            html.append('"');
        }
    }

    private void escaped(String text) {
        String line = Untrusted.line(text, MAX_TEXT);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                // No characters at all, and not allowed in XML.
                case '\ufffe', '\uffff' -> html.append('\ufffd');
                default -> html.append(c);
            }
        }
    }

    private Html lineAfter(String tag) {
        if (BLOCKS.contains(tag)) {
            html.append('\n');
        }
        return this;
    }
}
