package dev.gatlingllm.it;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.RecordingSimulator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds of the records of a run, whatever the network did to its calls. */
final class FaultLaws {

  private static final Pattern ID = Pattern.compile("id-(\\d{6})\\.");

  private static final Set<Outcome> POSSIBLE =
      EnumSet.of(
          Outcome.SUCCEEDED,
          Outcome.THROTTLED,
          Outcome.UNREACHABLE,
          Outcome.TIMED_OUT,
          Outcome.BROKEN);

  private final int made;
  private final List<CallRecord> records;
  private final RecordingSimulator endpoint;
  private final List<String> broken = new ArrayList<>();

  FaultLaws(int made, List<CallRecord> records, RecordingSimulator endpoint) {
    this.made = made;
    this.records = records;
    this.endpoint = endpoint;
  }

  /** What does not hold, a line each. */
  List<String> broken() {
    accountingBalances();
    eachCallHasOneRecord();
    for (CallRecord call : records) {
      int id = id(call);
      List<String> seen = endpoint.requestsOf(id);
      nothingIsSentTwice(id, call, seen);
      whatWasNotSeenHadNoAnswer(id, call, seen);
      theAnswerIsThatOfTheCall(id, call, seen);
      aFaultOfTheNetworkIsReportedAsOne(id, call);
    }
    return broken;
  }

  /** What does not hold of the run's own sums, a line each. */
  List<String> broken(Accounting sums) {
    List<String> wrong = new ArrayList<>(sums.problems());
    Map<String, Long> ends = new TreeMap<>();
    outcomes().forEach((outcome, count) -> ends.put(outcome.code(), (long) count));
    long attempts = records.stream().mapToLong(call -> call.attempts().size()).sum();
    if (sums.sent() != made
        || !sums.ends().equals(ends)
        || sums.retries() != attempts - made
        || sums.recordsWritten() != made) {
      wrong.add("calls made: " + made + ", " + ends + ", attempts: " + attempts + ": " + sums);
    }
    return wrong;
  }

  /** How many calls ended in which way. */
  Map<Outcome, Integer> outcomes() {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    records.forEach(call -> outcomes.merge(call.outcome(), 1, Integer::sum));
    return outcomes;
  }

  /**
   * made = succeeded + each failure + unfinished; nothing was dropped, since nothing was planned.
   */
  private void accountingBalances() {
    int ended = 0;
    for (Map.Entry<Outcome, Integer> outcome : outcomes().entrySet()) {
      ended += outcome.getKey().started() ? outcome.getValue() : 0;
    }
    check(ended == made, "calls made: " + made + ", calls ended: " + ended);
    check(records.size() == made, "calls made: " + made + ", records: " + records.size());
    check(endpoint.unnamed() == 0, "requests without an id: " + endpoint.unnamed());
  }

  private void eachCallHasOneRecord() {
    Set<Integer> ids = new HashSet<>();
    Set<Long> numbers = new HashSet<>();
    for (CallRecord call : records) {
      check(ids.add(id(call)), "two records of id " + id(call));
      check(numbers.add(call.id()), "two records with the number " + call.id());
    }
    for (int id = 0; id < made; id++) {
      check(ids.contains(id), "no record of id " + id);
    }
  }

  private void nothingIsSentTwice(int id, CallRecord call, List<String> seen) {
    check(
        seen.size() <= call.attempts().size(),
        "id " + id + " came " + seen.size() + " times: " + call);
  }

  private void whatWasNotSeenHadNoAnswer(int id, CallRecord call, List<String> seen) {
    long answered = call.attempts().stream().filter(attempt -> attempt.status() > 0).count();
    check(answered <= seen.size(), "id " + id + " came " + seen.size() + " times: " + call);
    if (seen.isEmpty()) {
      boolean nothing =
          call.times().head().isEmpty()
              && call.times().firstOutput().isEmpty()
              && call.service().status() == 0
              && call.service().requestId().isEmpty()
              && call.outcome() != Outcome.SUCCEEDED;
      check(nothing, "id " + id + " never came and has an answer: " + call);
    }
  }

  private void theAnswerIsThatOfTheCall(int id, CallRecord call, List<String> seen) {
    String requestId = call.service().requestId();
    check(requestId.isEmpty() || seen.contains(requestId), "not the answer to " + id + ": " + call);
    if (call.outcome() == Outcome.SUCCEEDED) {
      int size = FaultedSimulation.size(id);
      check(!requestId.isEmpty(), "no request id: " + call);
      check(call.tokens().output().orElse(0) == size, "not the tokens of " + id + ": " + call);
      check(!call.streaming() || call.chunks() == size, "not the chunks of " + id + ": " + call);
    }
  }

  /** The endpoint throttles and refuses nothing else, and says nothing that cannot be read. */
  private void aFaultOfTheNetworkIsReportedAsOne(int id, CallRecord call) {
    check(POSSIBLE.contains(call.outcome()), "id " + id + ": " + call.outcome() + ": " + call);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  private static int id(CallRecord call) {
    Matcher id = ID.matcher(call.content().prompt());
    if (!id.find()) {
      throw new AssertionError("a record without an id: " + call);
    }
    return Integer.parseInt(id.group(1));
  }
}
