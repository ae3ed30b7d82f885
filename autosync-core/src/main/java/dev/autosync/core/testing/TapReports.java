package dev.autosync.core.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Test Anything Protocol, versions 12 to 14, in files.
 *
 * <p>Source: testanything.org, "TAP 14 specification". Threads: no state.
 */
final class TapReports implements ReportReader {
    private static final int MOST_LINE_CHARS = 8_192;

    @Override
    public String key() {
        return "tapReports";
    }

    @Override
    public String files() {
        return "*.tap";
    }

    @Override
    public boolean read(String name, InputStream report, ResultSet results) throws IOException, BrokenReportException {
        TapDocument document = new TapDocument(name.substring(0, name.length() - ".tap".length()));
        try {
            Reader reader = new BufferedReader(new InputStreamReader(report, StandardCharsets.UTF_8));
            for (String line = line(reader); line != null; line = line(reader)) {
                document.line(line);
            }
            document.end();
        } finally {
            document.results().forEach(results::add);
        }
        return true;
    }

    /** The next line, its beginning if it is too long; null at the end. */
    private static @Nullable String line(Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() < MOST_LINE_CHARS) {
                line.append((char) c);
            }
        }
        return line.toString().stripTrailing();
    }
}
