package dev.gatlingllm.protocol.engine;

import dev.gatlingllm.protocol.Arrivals;
import dev.gatlingllm.run.Ledger;
import dev.gatlingllm.run.Plan;
import io.gatling.core.session.Session;
import java.util.OptionalLong;
import scala.Option;

/**
 * A user who is about to make a call.
 *
 * @param session the user's, without the arrival: the next call of the same user is not on the
 *     schedule
 * @param ticket under which the call stands in the book
 * @param arrival when the call is to start; absent if it is on no schedule
 */
record Coming(Session session, Ledger.Ticket ticket, OptionalLong arrival) {

  static Coming of(Session session, Ledger ledger) {
    Option<Object> arrival = session.attributes().get(Arrivals.ATTRIBUTE);
    if (arrival.isEmpty()) {
      return new Coming(session, ledger.comes(), OptionalLong.empty());
    }
    Option<Object> plan = session.attributes().get(Arrivals.PLAN);
    return new Coming(
        session.remove(Arrivals.ATTRIBUTE).remove(Arrivals.PLAN),
        plan.isEmpty() ? ledger.comes() : ledger.comesFor((Plan) plan.get()),
        OptionalLong.of((Long) arrival.get()));
  }
}
