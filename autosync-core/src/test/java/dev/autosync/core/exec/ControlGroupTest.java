package dev.autosync.core.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessResult;
import dev.autosync.exec.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "control groups are Linux's")
class ControlGroupTest {
    private static final List<String> MOUNTS = List.of("23 30 0:21 / /proc rw,nosuid - proc proc rw",
            "30 23 0:26 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw");

    private final String mark = "60." + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);

    @Test
    void findsTheGroupOfThisProcess() {
        assertThat(ControlGroup.own(List.of("4:memory:/x", "0::/user.slice/a.scope"), MOUNTS))
                .contains(Path.of("/sys/fs/cgroup/unified/user.slice/a.scope"));
        assertThat(ControlGroup.own(List.of("0::/"), MOUNTS)).contains(Path.of("/sys/fs/cgroup/unified"));
        assertThat(ControlGroup.own(List.of("4:memory:/x"), MOUNTS)).isEmpty();
        assertThat(ControlGroup.own(List.of("0::/../.."), MOUNTS)).isEmpty();
        assertThat(ControlGroup.own(List.of("0::/"), MOUNTS.subList(0, 1))).isEmpty();
        assertThat(ControlGroup.own(List.of("0::/"), List.of("30 23 0:26 /elsewhere /sys/fs/cgroup rw - cgroup2 cgroup2 rw"))).isEmpty();
    }

    @Test
    void killsWhoHasNeitherParentNorEnvironmentNorPipe() throws Exception {
        Process probe = new ProcessBuilder("sleep", "20").start();
        Optional<ControlGroup> group = ControlGroup.of("probe-" + mark, probe);
        probe.destroyForcibly().waitFor();
        group.ifPresent(ControlGroup::close);
        assumeThat(group).as("this process may make a control group").isPresent();

        // Its first process waits until it has been moved into the group.
        String waits = "until grep -q " + ControlGroup.PREFIX + " /proc/$$/cgroup; do sleep 0.01; done; ";
        ProcessResult result = ProcessRunner.create().run(ProcessRequest.of(List.of("sh", "-c",
                waits + "( env -i /usr/bin/setsid /bin/sleep " + mark + " >/dev/null 2>&1 & ); exit 0")).timeout(Duration.ofSeconds(20)));

        assertThat(result.succeeded()).isTrue();
        assertThat(result.survivors()).isEmpty();
        assertThat(marked()).isEmpty();
    }

    @AfterEach
    void killWhatATestThatFailedHasLeft() throws Exception {
        for (ProcessHandle left : marked()) {
            left.destroyForcibly();
            left.onExit().get(2, TimeUnit.SECONDS);
        }
    }

    private List<ProcessHandle> marked() {
        return ProcessHandle.allProcesses().filter(handle -> handle.info().commandLine().orElse("").contains(mark)).toList();
    }
}
