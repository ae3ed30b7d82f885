package dev.autosync.store.json;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Rollup;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of the files beside the events: framed like those, numbered from 1 in each file. */
final class Records {

    private Records() {}

    /** The facts of a segment. */
    static StringBuilder facts(SegmentFile file, Facts facts) {
        StringBuilder line = new StringBuilder(",\"segment\":").append(file.number()).append(",\"generation\":").append(file.generation())
                .append(",\"bytes\":").append(facts.bytes()).append(",\"events\":").append(facts.events())
                .append(",\"first\":").append(facts.first()).append(",\"last\":").append(facts.last())
                .append(",\"earliest\":\"").append(facts.earliest()).append("\",\"latest\":\"").append(facts.latest()).append("\",\"kinds\":[");
        String comma = "";
        for (String kind : facts.kinds()) {
            JsonText.string(line.append(comma), kind);
            comma = ",";
        }
        return line.append(']');
    }

    static Facts facts(Fields line) {
        return new Facts(line.number("bytes"), line.number("events"), line.number("first"), line.number("last"), line.time("earliest"),
                line.time("latest"), line.texts("kinds"));
    }

    static SegmentFile file(Fields line) {
        return new SegmentFile(Math.toIntExact(line.number("segment")), Math.toIntExact(line.number("generation")));
    }

    static StringBuilder rollup(KindRollup of) {
        Rollup rollup = of.rollup();
        StringBuilder line = new StringBuilder();
        JsonText.string(line.append(",\"kind\":"), of.kind());
        of.number().ifPresent(name -> JsonText.string(line.append(",\"number\":"), name));
        line.append(",\"hour\":\"").append(rollup.start()).append("\",\"count\":").append(rollup.count());
        if (of.number().isPresent()) {
            real(line.append(",\"sum\":"), rollup.sum());
            real(line.append(",\"min\":"), rollup.min());
            real(line.append(",\"max\":"), rollup.max());
            real(line.append(",\"squares\":"), rollup.sumOfSquares());
        }
        return line;
    }

    /** JSON has no word for what is not finite. */
    private static void real(StringBuilder line, double number) {
        if (Double.isFinite(number)) {
            line.append(number);
        } else {
            line.append('"').append(number).append('"');
        }
    }

    static KindRollup rollup(Fields line) {
        Optional<String> number = line.has("number") ? Optional.of(line.text("number")) : Optional.empty();
        Rollup rollup = number.isPresent()
                ? Rollup.of(line.time("hour"), line.number("count"), line.real("sum"), line.real("min"), line.real("max"), line.real("squares"))
                : Rollup.of(line.time("hour"), line.number("count"), 0, 0, 0, 0);
        return new KindRollup(line.text("kind"), number, rollup);
    }

    /** A line with its line end, of members that begin with a comma. */
    static byte[] line(long number, CharSequence members) {
        byte[] line = (Frame.unsealed(number) + members + "}\n").getBytes(StandardCharsets.UTF_8);
        Frame.seal(line, line.length - 1);
        return line;
    }
}
