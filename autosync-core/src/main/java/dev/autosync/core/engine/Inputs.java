package dev.autosync.core.engine;

import dev.autosync.patch.PatchBatch;
import dev.autosync.trend.Kpi;
import java.util.List;

/**
 * What a cycle works on.
 *
 * @param title what reports are headed with
 * @param kpis the figures that reports show
 * @param batch the patches
 * @param warnings what somebody should look at, one line each
 */
record Inputs(String title, List<Kpi> kpis, PatchBatch batch, List<String> warnings) {}
