package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncReport;
import dev.autosync.core.report.ConsoleReporterFactory;
import dev.autosync.core.report.JsonReporterFactory;
import dev.autosync.core.report.MarkdownReporterFactory;
import dev.autosync.spi.ReporterFactory;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.RecordingOutput;
import dev.autosync.testkit.SampleReports;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our reporters make of a secret is what the redactor looks for. */
class ReportsRedactedTest {
    private static final List<ReporterFactory> REPORTERS =
            List.of(new MarkdownReporterFactory(), new JsonReporterFactory(), new ConsoleReporterFactory());

    @TempDir
    Path workspace;

    @Test
    void noSecretIsLeftInAReportThatIsRedactedAfterItWasMade() throws IOException {
        List<String> secrets = new ArrayList<>(List.of("ghs_a\"b\\c/d+e=\u00e9", "<&>'\"`|*_{}[]()#!~@\\", "line one \n second\tline\u001b\u202e"));
        RandomTexts random = new RandomTexts(7);
        for (int i = 0; i < 100; i++) {
            secrets.add(random.secret());
        }
        for (String secret : secrets) {
            Redactor redactor = new Redactor();
            redactor.register(secret.toCharArray());
            for (String text : texts(report("begin " + secret + " end"))) {
                assertThat(text).contains("begin ");
                assertThat(redactor.redact(text)).contains("begin *** end");
            }
        }
    }

    @Test
    void whatIsLeftOfASecretWhereAReporterCutATextIsCoveredToo() throws IOException {
        String secret = "ghp_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";
        Redactor redactor = new Redactor();
        redactor.register(secret.toCharArray());
        for (int before = 440; before < 500; before++) {
            for (String text : texts(report("x".repeat(before) + secret))) {
                assertThat(redactor.redact(text)).doesNotContain("ghp_AbCd");
            }
        }
    }

    private List<String> texts(SyncReport report) throws IOException {
        List<String> texts = new ArrayList<>();
        for (ReporterFactory factory : REPORTERS) {
            RecordingOutput output = new RecordingOutput();
            factory.create(MapSettings.empty()).report(report, output);
            texts.addAll(output.files().values());
            texts.add(output.console());
        }
        texts.removeIf(text -> !text.contains("begin ") && !text.contains("xxx"));
        assertThat(texts).hasSizeGreaterThanOrEqualTo(2);
        return texts;
    }

    /** The empty sample with a warning. */
    private SyncReport report(String warning) {
        SyncReport empty = SampleReports.empty(workspace);
        return (SyncReport) Proxy.newProxyInstance(SyncReport.class.getClassLoader(), new Class<?>[] {SyncReport.class},
                (proxy, method, args) -> method.getName().equals("warnings") ? List.of(warning) : method.invoke(empty, args));
    }
}
