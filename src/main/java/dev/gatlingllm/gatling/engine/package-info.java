/**
 * The only code that touches Gatling's Scala types. They are internals of Gatling 3.15.1, changed
 * without notice: nothing outside of this package and {@code gatling} may depend on them.
 */
package dev.gatlingllm.gatling.engine;
