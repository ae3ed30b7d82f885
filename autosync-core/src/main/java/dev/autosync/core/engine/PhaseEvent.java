package dev.autosync.core.engine;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A phase of a cycle, for the JDK's flight recorder. */
@Name("dev.autosync.CyclePhase")
@Label("Cycle Phase")
@Category({"AutoSync", "Cycle"})
@StackTrace(false)
@Threshold("0 ms")
final class PhaseEvent extends Event {
    @Label("Cycle")
    String cycle = "";

    @Label("Phase")
    String phase = "";
}
