package dev.autosync.core.report;

import dev.autosync.improve.Feedback;
import dev.autosync.improve.Lesson;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.testing.Verdict;
import dev.autosync.trend.Trend;

/** How something is to be seen: with a colour and a sign, so that neither is needed to understand it. */
enum Tone {
    GOOD("\u2713"), BAD("\u2717"), WARN("!"), NEUTRAL("\u2013"), INFO("\u2022");

    private final String sign;

    Tone(String sign) {
        this.sign = sign;
    }

    /** The word with the sign before it. */
    void badge(Html html, String words) {
        html.open("span", "class", "badge " + style()).element("span", sign, "class", "sign", "aria-hidden", "true").text(words).close();
    }

    /** Its class in the style sheet. */
    String style() {
        return Labels.word(this);
    }

    static Tone of(PatchOutcome.Kind kind) {
        return switch (kind) {
            case APPLIED -> GOOD;
            case BLAMED -> BAD;
            case AMBIGUOUS, CONFLICTED, REFUSED -> WARN;
            case ALREADY_APPLIED, DROPPED, UNDECIDED -> NEUTRAL;
        };
    }

    static Tone of(Verdict verdict) {
        return switch (verdict) {
            case GREEN -> GOOD;
            case RED -> BAD;
            case NO_TESTS, STALE_REPORT, BROKEN_REPORT, CRASHED, NOT_RUN -> WARN;
        };
    }

    static Tone of(Trend trend) {
        return trend.improving() ? GOOD : trend.worsening() ? BAD : NEUTRAL;
    }

    static Tone of(Lesson.State state) {
        return state == Lesson.State.OPEN ? INFO : NEUTRAL;
    }

    static Tone of(Feedback.Verdict verdict) {
        return switch (verdict) {
            case HELPED -> GOOD;
            case HARMED -> BAD;
            case NOT_HELPED -> WARN;
            case UNDECIDED -> NEUTRAL;
        };
    }
}
