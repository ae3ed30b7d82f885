package dev.autosync.bench.process;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;

/** Runs a flood in a small virtual machine, and says how much of its heap was ever in use. */
final class FloodChild {
    private FloodChild() {}

    /**
     * Runs it.
     *
     * @param args the killer's name and how many bytes are printed, all of one line that never ends
     */
    public static void main(String[] args) throws Exception {
        Killer.valueOf(args[0]).run("head -c " + Long.parseLong(args[1]) + " /dev/zero | tr '\\0' x", Duration.ofMinutes(5));
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        System.out.println(peak);
    }
}
