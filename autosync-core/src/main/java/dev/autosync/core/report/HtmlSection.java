package dev.autosync.core.report;

import dev.autosync.SyncReport;

/** A part of the page with a heading. */
interface HtmlSection {

    /** Its anchor in the page. */
    String id();

    String heading();

    /** How many things it shows; what is shown beside its heading. */
    int count(SyncReport report);

    /** Writes what stands below the heading; where there is nothing, a sentence that says so. */
    void write(SyncReport report, Html html);
}
