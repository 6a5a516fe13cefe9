package io.github.cloudmapgraph.local.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One thing that goes wrong. */
sealed interface Fault {
    /** What it is called in the report. */
    String kind();

    /** Names all kinds that there are. */
    static List<String> kinds() {
        return Stream.of(
                        Pair.all().stream().map(Pair::kind),
                        Arrays.stream(OfDelivery.values()).map(Fault::kind),
                        Arrays.stream(OfServers.values()).map(Fault::kind),
                        Stream.of(new ClockOff(Duration.ZERO), new TimedOut()).map(Fault::kind))
                .flatMap(kinds -> kinds)
                .distinct()
                .toList();
    }

    /** What befalls one remote call of an execution environment. */
    sealed interface AtCall extends Fault {
        private static String kind(Duration pause, String moment) {
            return "pause " + moment + " a call"
                    + (pause.compareTo(Timings.LEASE) > 0 ? ", longer than the lease" : "");
        }

        /**
         * The environment dies before the call goes out.
         *
         * @param silently whether the other side is not told: no connection is closed for a while
         */
        record KilledBefore(boolean silently) implements AtCall {
            @Override
            public String kind() {
                return "process killed before a call";
            }
        }

        /** The environment dies after the call took effect, before it knows. */
        record KilledAfter(boolean silently) implements AtCall {
            @Override
            public String kind() {
                return "process killed after a call";
            }
        }

        /** The service asks for fewer calls, so many times in a row. */
        record Throttled(int times) implements AtCall {
            @Override
            public String kind() {
                return "throttled";
            }
        }

        /** The service answers with an error of its own, so many times in a row; nothing took effect. */
        record ServerError(int times) implements AtCall {
            @Override
            public String kind() {
                return "error of the service";
            }
        }

        /** The connection breaks before the call arrives. */
        record ConnectionCut() implements AtCall {
            @Override
            public String kind() {
                return "connection cut";
            }
        }

        /** The call takes effect, its answer does not arrive. */
        record AnswerLost() implements AtCall {
            @Override
            public String kind() {
                return "answer lost after it took effect";
            }
        }

        /** The environment stands still before the call goes out. */
        record PausedBefore(Duration length) implements AtCall {
            @Override
            public String kind() {
                return AtCall.kind(length, "before");
            }
        }

        /** The environment stands still after the call took effect. */
        record PausedAfter(Duration length) implements AtCall {
            @Override
            public String kind() {
                return AtCall.kind(length, "after");
            }
        }
    }

    /** What befalls messages and events on their way. */
    enum OfDelivery implements Fault {
        MESSAGE_TWICE("message delivered twice"),
        MESSAGES_OUT_OF_ORDER("messages out of order"),
        VISIBILITY_RAN_OUT("visibility timeout shorter than the work"),
        DELETION_FAILED("message not deleted though worked off"),
        EVENT_LOST("event lost"),
        EVENT_TWICE("event delivered twice");

        private final String kind;

        OfDelivery(String kind) {
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }
    }

    /** What befalls what the functions run on. */
    enum OfServers implements Fault {
        LOCK_TABLE_EMPTIED("lock table emptied"),
        NEO4J_RESTARTED("Neo4j restarted"),
        NEO4J_CUT_OFF("all connections to Neo4j cut"),
        SECRET_ROTATED("Neo4j's password rotated"),
        RUBBISH_SENT("message that is no snapshot");

        private final String kind;

        OfServers(String kind) {
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }
    }

    /** A clock that is wrong by seconds, for as long as the environment lives. */
    record ClockOff(Duration by) implements Fault {
        @Override
        public String kind() {
            return "clock off by a second or more";
        }
    }

    /** Lambda ended an invocation at its timeout. */
    record TimedOut() implements Fault {
        @Override
        public String kind() {
            return "process killed at the function's timeout";
        }
    }
}
