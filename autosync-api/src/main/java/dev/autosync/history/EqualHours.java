package dev.autosync.history;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Rollup;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares what two stores say their events come to, hour by hour. Each may have added up fractions in an order of its own. */
final class EqualHours {
    /** What one addition may lose of the sum of the absolute values, see {@link Rollup}. */
    private static final double ROUNDING = 1e-15;

    private static final Comparator<KindRollup> ORDER = Comparator.comparing(KindRollup::kind)
            .thenComparing(hour -> hour.number().isPresent()).thenComparing(hour -> hour.number().orElse("")).thenComparing(hour -> hour.rollup().start());

    private EqualHours() {}

    /** The first difference, in words. */
    static Optional<String> difference(List<KindRollup> sourceHours, List<KindRollup> targetHours) {
        // Stores may order text by UTF-16 or by UTF-8.
        List<KindRollup> source = sourceHours.stream().sorted(ORDER).toList();
        List<KindRollup> target = targetHours.stream().sorted(ORDER).toList();
        for (int i = 0; i < Math.max(source.size(), target.size()); i++) {
            Optional<KindRollup> here = i < source.size() ? Optional.of(source.get(i)) : Optional.empty();
            Optional<KindRollup> there = i < target.size() ? Optional.of(target.get(i)) : Optional.empty();
            if (here.isEmpty() || there.isEmpty() || !equal(here.get(), there.get())) {
                return Optional.of(here.map(EqualHours::text).orElse("nothing") + " in the source, " + there.map(EqualHours::text).orElse("nothing")
                        + " in the target");
            }
        }
        return Optional.empty();
    }

    private static boolean equal(KindRollup here, KindRollup there) {
        Rollup a = here.rollup();
        Rollup b = there.rollup();
        double largest = Math.max(Math.abs(a.min()), Math.abs(a.max()));
        return here.kind().equals(there.kind()) && here.number().equals(there.number()) && a.start().equals(b.start()) && a.count() == b.count()
                && a.min() == b.min() && a.max() == b.max() && near(a.sum(), b.sum(), a.count(), largest)
                && near(a.sumOfSquares(), b.sumOfSquares(), a.count(), largest * largest);
    }

    private static boolean near(double a, double b, long count, double largest) {
        return a == b || Math.abs(a - b) <= ROUNDING * count * count * largest || !Double.isFinite(a) && !Double.isFinite(b);
    }

    private static String text(KindRollup hour) {
        return hour.kind() + hour.number().map(name -> " " + name).orElse("") + " " + hour.rollup();
    }
}
