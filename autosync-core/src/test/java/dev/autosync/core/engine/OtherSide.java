package dev.autosync.core.engine;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Source;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Another side as it could be, with a connector to it: a queue of patches, a log of revisions, runs and marks. */
final class OtherSide implements Source, Sink, Trigger, StatusReporter {
    final List<Patch> queue = new ArrayList<>();
    final Map<String, Publication> revisions = new LinkedHashMap<>();
    /** The hashes of the files that it holds. */
    final Map<String, String> held = new LinkedHashMap<>();
    final List<String> triggered = new ArrayList<>();
    final List<String> marked = new ArrayList<>();
    final Deque<RuntimeException> pullFailures = new ArrayDeque<>();
    /** What the next publications come to instead of being there; each may put them there all the same. */
    final Deque<Function<Publication, PublicationOutcome>> accidents = new ArrayDeque<>();
    CiRun.State runState = CiRun.State.RUNNING;
    CheckResult check = CheckResult.ok();
    boolean stableOnly = true;
    boolean interruptPull;
    int pulls;
    int statusAsked;
    int closed;

    @Override
    public CheckResult check() {
        return check;
    }

    @Override
    public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
        pulls++;
        if (interruptPull) {
            throw new InterruptedException("asked to stop");
        }
        int from = since.isStart() ? 0 : Integer.parseInt(since.text());
        queue.subList(from, queue.size()).forEach(patches);
        if (!pullFailures.isEmpty()) {
            throw pullFailures.remove();
        }
        return from == queue.size() ? PullResult.unchanged() : PullResult.changes(Cursor.of(Integer.toString(queue.size())));
    }

    @Override
    public boolean stableOnly() {
        return stableOnly;
    }

    private record Plan(Publication publication, List<String> steps) implements PublicationPlan {}

    @Override
    public PublicationPlan plan(Publication publication) {
        boolean there = revisions.values().stream().anyMatch(known -> known.id().equals(publication.id()));
        return new Plan(publication, there && stableOnly ? List.of() : List.of("put " + publication));
    }

    @Override
    public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) {
        Publication publication = ((Plan) plan).publication();
        return accidents.isEmpty() ? accept(publication) : accidents.remove().apply(publication);
    }

    PublicationOutcome accept(Publication publication) {
        for (PublishedChange change : publication.changes()) {
            String has = held.get(change.path());
            boolean fits = Objects.equals(has, change.beforeSha256().orElse(null)) || change.betweenSha256().contains(has)
                    || Objects.equals(has, change.after().map(FileContent::sha256).orElse(null));
            if (!fits) {
                return PublicationOutcome.Conflict.of("", "it holds something else in " + change.path());
            }
        }
        publication.changes().forEach(change -> change.after().ifPresentOrElse(after -> held.put(change.path(), after.sha256()),
                () -> held.remove(change.path())));
        String revision = "r" + (revisions.size() + 1);
        revisions.put(revision, publication);
        return PublicationOutcome.Applied.of(revision, "it is there");
    }

    /** What a revision says became of files: the path and what it holds. */
    Map<String, String> files(String revision) {
        Map<String, String> files = new LinkedHashMap<>();
        for (PublishedChange change : revisions.get(revision).changes()) {
            files.put(change.path(), change.after().map(content -> new String(content.bytes())).orElse("(gone)"));
        }
        return files;
    }

    @Override
    public CiRun trigger(String revision, String idempotencyKey) {
        triggered.add(revision);
        return CiRun.of("run-" + triggered.size(), "", CiRun.State.RUNNING);
    }

    @Override
    public CiRun status(CiRun run) {
        statusAsked++;
        return CiRun.of(run.id(), run.address(), runState);
    }

    @Override
    public void mark(String revision, boolean success, String description) {
        marked.add(revision + " " + success);
    }

    @Override
    public void close() {
        closed++;
    }
}
