package dev.autosync.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A table with a heading for each column, whose first cells are the headings of their rows. It has an end however many rows there are.
 *
 * <p>On a narrow screen the style sheet makes a block of each row, with the headings before the values. That takes from the elements what they
 * are, therefore their roles are named.
 */
final class HtmlTable<T> {
    private final String caption;
    private final int most;
    private final List<Column<T>> columns = new ArrayList<>();

    /**
     * A table without columns.
     *
     * @param caption what it shows, for who hears it
     * @param most how many rows are written; the others are counted
     */
    HtmlTable(String caption, int most) {
        this.caption = caption;
        this.most = most;
    }

    private record Column<T>(String heading, String style, BiConsumer<Html, T> cell) {}

    HtmlTable<T> column(String heading, BiConsumer<Html, T> cell) {
        columns.add(new Column<>(heading, "text", cell));
        return this;
    }

    HtmlTable<T> text(String heading, Function<T, String> cell) {
        return column(heading, (html, row) -> html.text(cell.apply(row)));
    }

    HtmlTable<T> code(String heading, Function<T, String> cell) {
        return column(heading, (html, row) -> html.element("code", cell.apply(row)));
    }

    HtmlTable<T> number(String heading, Function<T, String> cell) {
        columns.add(new Column<>(heading, "number", (html, row) -> html.text(cell.apply(row))));
        return this;
    }

    void write(Html html, List<T> rows) {
        html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", caption).open("table", "role", "table");
        html.element("caption", caption).open("thead", "role", "rowgroup").open("tr", "role", "row");
        columns.forEach(column -> html.element("th", column.heading(), "scope", "col", "role", "columnheader", "class",
                column.style()));
        html.close().close().open("tbody", "role", "rowgroup");
        rows.stream().limit(most).forEach(row -> row(html, row));
        html.close();
        if (rows.size() > most) {
            html.open("tfoot", "role", "rowgroup").open("tr", "role", "row");
            html.element("td", Labels.more(rows.size() - most), "role", "cell", "colspan", Integer.toString(columns.size())).close().close();
        }
        html.close().close();
    }

    private void row(Html html, T row) {
        html.open("tr", "role", "row");
        for (int i = 0; i < columns.size(); i++) {
            Column<T> column = columns.get(i);
            if (i == 0) {
                html.open("th", "scope", "row", "role", "rowheader", "class", column.style());
            } else {
                html.open("td", "role", "cell", "class", column.style(), "data-label", column.heading());
            }
            column.cell().accept(html, row);
            html.close();
        }
        html.close();
    }
}
