package dev.autosync.bench.jsonpatch;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One patch, applied again and again. */
@State(Scope.Benchmark)
public class ApplyPatch {
    /** A name of {@link PatchWork#of}. */
    @Param("one-op-1mb")
    public String work = "";

    /** Whose turn it is. */
    @Param("AUTOSYNC")
    public JsonPatcher patcher = JsonPatcher.AUTOSYNC;

    private PatchWork prepared = new PatchWork(new byte[0], new byte[0], 0);

    /** Makes file and patch. */
    @Setup
    public void prepare() {
        prepared = PatchWork.of(work);
    }

    /** File and patch in, file out. */
    @Benchmark
    public byte[] apply() throws Exception {
        return patcher.apply(prepared.document(), prepared.patch());
    }
}
