package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of {@link StoreContract} have the numbers under which they are listed. */
class StoreRulesTest {
    private static final List<String> NUMBERS = StoreContractRules.all().map(rule -> rule.getAnnotation(StoreRule.class).value()).sorted().toList();

    @Test
    void areListedInTheContractsPage() throws IOException {
        assertEquals(NUMBERS, listed("<li>(\\d\\.\\d+) ", "autosync-testkit/src/main/java/dev/autosync/testkit/StoreContract.java"));
    }

    @Test
    void areListedInThePageOnStores() throws IOException {
        assertEquals(NUMBERS, listed("(?m)^\\| (\\d\\.\\d+) \\|", "docs/stores.md"));
    }

    @Test
    void areShownUnderTheirNumbers() throws Exception {
        assertEquals("1.1 beginsEmpty", new StoreRuleNames().generateDisplayNameForMethod(List.of(), FileStoreTest.class,
                StoreAppendRules.class.getDeclaredMethod("beginsEmpty")));
    }

    private static List<String> listed(String pattern, String file) throws IOException {
        String text = Files.readString(Path.of("").toAbsolutePath().getParent().resolve(file));
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult found) -> found.group(1)).sorted().toList();
    }
}
