package dev.gatlingllm.run;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Exhausted;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.text.Figures;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code llm.stop.early}: whether the first calls all end with what no later call will change: 401,
 * 403, 404, or nobody there. A busy service (429, 5xx, time limits) is no such end. Decided once,
 * with the twentieth call or the first that ends otherwise; costs a volatile read from then on.
 */
final class HopelessStart implements StopCause {

  /** The setting's key. */
  static final String KEY = "llm.stop.early";

  /** How many calls are looked at. */
  static final int CALLS = 20;

  private static final Set<Integer> FINAL = Set.of(401, 403, 404);
  private static final int MOST_KINDS = 3;

  private final Function<CallRecord, String> after;
  private final Map<String, Integer> kinds = new LinkedHashMap<>();
  private int calls;
  private volatile boolean decided;
  private volatile Optional<String> reached = Optional.empty();

  /**
   * The rule of a run.
   *
   * @param after what the service said to a call, and what to do about it
   */
  HopelessStart(Function<CallRecord, String> after) {
    this.after = after;
  }

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public boolean ended(CallRecord call) {
    boolean over = call.outcome().failed() || FirstSuccess.answers(call);
    return !decided && over && judge(call);
  }

  private synchronized boolean judge(CallRecord call) {
    if (decided) {
      return false;
    }
    calls++;
    kinds.merge(call.error(), 1, Integer::sum);
    if (hopeless(call) && calls < CALLS) {
      return false;
    }
    if (hopeless(call)) {
      reached = Optional.of(sentence(call));
    }
    decided = true;
    return reached.isPresent();
  }

  private static boolean hopeless(CallRecord call) {
    if (call.outcome() == Outcome.UNREACHABLE) {
      return Exhausted.ofError(call.error()).isEmpty();
    }
    return call.outcome() == Outcome.REJECTED && FINAL.contains(call.service().status());
  }

  private String sentence(CallRecord last) {
    return Figures.fill(
        "the first %d calls all failed: %s (%s).%s", CALLS, kindsInWords(), KEY, after.apply(last));
  }

  private String kindsInWords() {
    return kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_KINDS)
        .map(kind -> kind.getValue() + " × " + kind.getKey())
        .collect(Collectors.joining(", "));
  }

  @Override
  public Optional<String> reason() {
    return reached;
  }

  /** Says something only of a run that it cut. */
  @Override
  public Optional<AssertionResult> assertion() {
    String text = "one of the first " + CALLS + " calls gets through (" + KEY + ")";
    return reached.map(why -> AssertionResult.ended(KEY, text, why));
  }
}
