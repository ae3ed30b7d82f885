package dev.autosync.core.engine;

import dev.autosync.core.connectors.Pulling.Pulled;
import dev.autosync.patch.PatchBatch;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Kpi;
import java.util.List;
import java.util.Optional;

/**
 * What a cycle works on.
 *
 * @param title what reports are headed with
 * @param kpis the figures that reports show
 * @param batch the patches
 * @param pulls what connectors gave, as far as it was taken
 * @param alerts when a series is to raise an alert; empty if nothing is said
 * @param warnings what somebody should look at, one line each
 */
record Inputs(String title, List<Kpi> kpis, PatchBatch batch, List<Pulled> pulls, Optional<List<AlertRule>> alerts, List<String> warnings) {}
