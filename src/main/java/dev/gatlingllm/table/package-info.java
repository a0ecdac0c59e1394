/**
 * Tables of numbers and texts: one model, the same in every format; readers of CSV and JSON files.
 */
package dev.gatlingllm.table;
