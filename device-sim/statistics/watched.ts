/** A wait as far as somebody looked. `at`: s from the press. `ended` false: nobody had come until then, and nobody looked longer. */
export type Watched = { readonly at: number, readonly ended: boolean }
