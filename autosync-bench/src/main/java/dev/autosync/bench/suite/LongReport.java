package dev.autosync.bench.suite;

/** A report as Surefire writes it, of many tests, of which every fiftieth failed and every hundredth was skipped. */
final class LongReport {

    private LongReport() {}

    static String of(int tests) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"org.example.CartTest\" tests=\"")
                .append(tests).append("\" time=\"12.3\">\n");
        for (int i = 0; i < tests; i++) {
            text.append("  <testcase name=\"addsUp").append(i).append("\" classname=\"org.example.CartTest").append(i / 100).append("\" time=\"0.0")
                    .append(10 + i % 90).append('"');
            if (i % 100 == 1) {
                text.append(">\n    <skipped message=\"not yet\"/>\n  </testcase>\n");
            } else if (i % 50 == 0) {
                text.append(">\n    <failure message=\"expected: &lt;1&gt; but was: &lt;2&gt;\" type=\"org.opentest4j.AssertionFailedError\"><![CDATA[");
                for (int line = 0; line < 20; line++) {
                    text.append("\tat org.example.Cart.add(Cart.java:").append(line).append(")\n");
                }
                text.append("]]></failure>\n  </testcase>\n");
            } else {
                text.append("/>\n");
            }
        }
        return text.append("</testsuite>\n").toString();
    }
}
