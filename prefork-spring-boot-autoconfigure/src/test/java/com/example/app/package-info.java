/**
 * The beans of an application, in a package of its own, for tests.
 */
package com.example.app;
