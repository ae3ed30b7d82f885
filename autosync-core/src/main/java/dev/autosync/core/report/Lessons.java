package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.improve.Lesson;
import java.util.List;

/** Which lessons short reports show: a few of those that are open, and all that were adopted. */
final class Lessons {
    /** How many open ones a short report shows. */
    static final int FEW = 5;

    private Lessons() {}

    /** Those that are worth most. */
    static List<Lesson> open(SyncReport report, int most) {
        return report.lessons().stream().filter(lesson -> lesson.state() == Lesson.State.OPEN).limit(most).toList();
    }

    static List<Lesson> adopted(SyncReport report) {
        return report.lessons().stream().filter(lesson -> lesson.state() == Lesson.State.ADOPTED).toList();
    }
}
