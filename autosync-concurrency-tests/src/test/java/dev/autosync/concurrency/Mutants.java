package dev.autosync.concurrency;

import dev.autosync.lock.CountingModel;
import dev.autosync.lock.CrowdTest;
import dev.autosync.lock.HoldingModel;
import dev.autosync.lock.LockScenariosTest;
import dev.autosync.lock.ReadMostlyModel;
import java.util.List;

/** Defects that a lock is known to get, put into the real code one at a time. */
final class Mutants {
    private static final String STRIPE = "dev/autosync/lock/KeyStripe.java";
    private static final String LOCKS = "dev/autosync/lock/KeyedLocks.java";
    private static final String READ_MOSTLY = "dev/autosync/lock/ReadMostlyLock.java";
    private static final String BUDGET = "dev/autosync/retry/RetryBudget.java";

    private static final Check SCENARIOS = new ClassCheck(LockScenariosTest.class);
    private static final Check CROWD = new ClassCheck(CrowdTest.class);
    private static final Check COUNTING = new ClassCheck(CountingModel.class);
    private static final Check HOLDING = new ClassCheck(HoldingModel.class);
    private static final Check READING = new ClassCheck(ReadMostlyModel.class);

    /** Waiters look for themselves twice a second, which hides a wake-up that was lost. With this they do once a day. */
    private static final List<Edit> NOBODY_LOOKS_FOR_ITSELF = List.of(new Edit(STRIPE,
            "TimeUnit.MILLISECONDS.toNanos(500)", "TimeUnit.DAYS.toNanos(1)"));

    static final List<Mutant> ALL = List.of(
            mutant("an entry is removed on release although somebody waits", STRIPE,
                    "        if (waiting == null) {\n            remove(entry);\n        }\n", "        remove(entry);\n",
                    SCENARIOS, stress("ExclusionStress.OneKey"), COUNTING).everyBuild(),
            mutant("an entry is never removed", STRIPE,
                    "        if (waiting == null) {\n            remove(entry);\n        }\n", "",
                    SCENARIOS, stress("ExclusionStress.OneKey")),
            mutant("the entry is looked up in one locked section and used in the next", STRIPE,
                    "    @Nullable KeyHold take(String key) {\n        long stamp = enter();\n        try {\n            KeyEntry entry = find(key);\n",
                    "    @Nullable KeyHold take(String key) {\n        long stamp = enter();\n        KeyEntry entry = find(key);\n"
                            + "        mutex.unlockWrite(stamp);\n        stamp = enter();\n        try {\n",
                    stress("ExclusionStress.OneKey"), COUNTING, HOLDING),
            mutant("the owner is looked at in one locked section and set in the next", STRIPE,
                    "            entry.dequeue(waiter);\n            return grant(entry);\n",
                    "            mutex.unlockWrite(stamp);\n            Thread.yield();\n            stamp = enter();\n"
                            + "            entry.dequeue(waiter);\n            return grant(entry);\n",
                    CROWD),
            mutant("keys of one hash are one key", STRIPE,
                    "!entry.key.equals(key)", "entry.key.hashCode() != key.hashCode()",
                    SCENARIOS, stress("ExclusionStress.TwoKeysOfOneHash")),
            new Mutant("nobody is woken on release", NOBODY_LOOKS_FOR_ITSELF, new Edit(STRIPE,
                    "        if (next != null) {\n            LockSupport.unpark(next);\n        }\n", ""),
                    List.of(SCENARIOS, stress("WaitingStress.ForOneKey")), true),
            new Mutant("nobody is woken by a waiter that gives up", NOBODY_LOOKS_FOR_ITSELF, new Edit(STRIPE,
                    "        LockSupport.unpark(next);\n        return holder;\n", "        return holder;\n"),
                    List.of(SCENARIOS), false),
            mutant("a waiter that gives up stays in line", STRIPE,
                    "            entry.dequeue(waiter);\n            holder =", "            holder =",
                    SCENARIOS, stress("GivingUpStress.AtTheDeadline"), stress("GivingUpStress.ByAnInterrupt")),
            mutant("an interrupt does not end a wait", STRIPE,
                    "boolean interrupted = Thread.interrupted();", "boolean interrupted = false;",
                    SCENARIOS),
            mutant("several keys are taken in the caller's order", LOCKS,
                    "        Arrays.sort(ordered);\n", "",
                    SCENARIOS, stress("WaitingStress.ForTheSameKeysInOppositeOrder"), COUNTING),
            mutant("the first key is kept when the second is busy", LOCKS,
                    "                holds[--taken].close();\n", "                holds[--taken].held();\n",
                    SCENARIOS, stress("GivingUpStress.AtTheSecondKey")),
            mutant("how often it was taken is not counted", STRIPE,
                    "                entry.depth++;\n", "",
                    SCENARIOS, stress("ExclusionStress.TakenTwice"), COUNTING),
            mutant("a grant has the token of the one before", STRIPE,
                    "entry.token = ++grants;", "entry.token = Math.max(1, grants);",
                    SCENARIOS, stress("ExclusionStress.Tokens")),
            mutant("a grant of several keys does not raise the tokens after it", STRIPE,
                    "            grants = Math.max(grants, token);\n", "",
                    SCENARIOS),
            mutant("an optimistic read is not validated", READ_MOSTLY,
                    "                if (lock.validate(stamp)) {\n                    return result;", "                if (stamp != 0) {\n"
                            + "                    return result;",
                    READING, stress("ReadMostlyStress.OneWrite")).everyBuild(),
            mutant("what was thrown over half a write is not dropped", READ_MOSTLY,
                    "                if (lock.validate(stamp)) {\n                    throw e;", "                if (stamp != 0) {\n"
                            + "                    throw e;",
                    stress("ReadMostlyStress.FailingReads")),
            mutant("who writes is not known to be allowed to", READ_MOSTLY,
                    "if (alone == Thread.currentThread()) {", "if (alone == Thread.currentThread() && alone.isInterrupted()) {",
                    SCENARIOS),
            mutant("a retry is taken without comparing", BUDGET,
                    "            if (left.compareAndSet(seen, seen - PARTS)) {\n                return true;\n            }\n",
                    "            left.set(seen - PARTS);\n            return true;\n",
                    stress("RetryBudgetStress.TheLast")),
            mutant("a success gives back without comparing", BUDGET,
                    "            if (left.compareAndSet(seen, Math.min(reserve, seen + perSuccess))) {\n                return;\n            }\n",
                    "            Thread.yield();\n            left.set(Math.min(reserve, seen + perSuccess));\n            return;\n",
                    stress("RetryBudgetStress.TwoGivenBack")));

    private Mutants() {}

    private static Mutant mutant(String name, String file, String original, String replacement, Check... checks) {
        return new Mutant(name, List.of(), new Edit(file, original, replacement), List.of(checks), false);
    }

    private static Check stress(String tests) {
        return new StressCheck(tests);
    }
}
