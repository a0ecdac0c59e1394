/**
 * The contract between the load and a model service: start one call, hand over stamped events.
 * Knows no SDK and no Gatling. A vendor's SDK is imported by the sub-package of its name alone.
 */
package dev.gatlingllm.provider;
