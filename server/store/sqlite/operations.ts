import { alarmOperations } from './alarm-operations.ts'
import { buttonOperations } from './button-operations.ts'
import type { Operation, OperationNames } from './operation.ts'
import { peopleOperations } from './people-operations.ts'

/** Every write that the writer's thread knows. */
export const operations = { ...alarmOperations, ...buttonOperations, ...peopleOperations }

export type OperationName = keyof typeof operations & OperationNames
export type OperationArgs<Name extends OperationName> = Parameters<(typeof operations)[Name]>[1]
export type OperationResult<Name extends OperationName> = ReturnType<(typeof operations)[Name]>

/** By name, as it comes over the thread's port. @throws when there is no such operation: a fault of ours */
export function operationNamed (name: string): Operation<unknown, unknown> {
  if (!Object.hasOwn(operations, name)) throw new Error(`No operation is called ${name}`)
  return operations[name as OperationName] as Operation<unknown, unknown>
}
