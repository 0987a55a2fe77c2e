import type { AnyNode, Node } from 'acorn';

/** Collects what a person would call the functions of a module, from where they are written. */
export class FunctionNames {
  readonly #names = new Map<Node, string>();

  /** To be told of every node that can give the function inside it a name, before that function is asked for. */
  note(node: AnyNode, className?: string): void {
    switch (node.type) {
      case 'VariableDeclarator':
        if (node.init) this.#give(node.init, textOf(node.id));
        break;
      case 'AssignmentExpression':
      case 'AssignmentPattern':
        this.#give(node.right, textOf(node.left));
        break;
      case 'Property':
        this.#give(node.value, textOf(node.key));
        break;
      case 'MethodDefinition':
      case 'PropertyDefinition':
        if (node.value) this.#give(node.value, inClass(textOf(node.key), className));
        break;
    }
  }

  of(node: AnyNode): string {
    const own = 'id' in node && node.id?.type === 'Identifier' ? node.id.name : undefined;
    return own ?? this.#names.get(node) ?? '(anonymous)';
  }

  ofClass(node: AnyNode): string | undefined {
    const name = this.of(node);
    return name === '(anonymous)' ? undefined : name;
  }

  #give(node: Node, name: string | undefined): void {
    if (name !== undefined) this.#names.set(node, name);
  }
}

function inClass(name: string | undefined, className: string | undefined): string | undefined {
  return name === undefined || className === undefined ? name : `${className}.${name}`;
}

function textOf(node: AnyNode): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'Literal':
      return String(node.value);
    case 'ThisExpression':
      return 'this';
    case 'MemberExpression': {
      if (node.computed) return undefined;
      const object = textOf(node.object);
      return object === undefined ? textOf(node.property) : `${object}.${textOf(node.property)}`;
    }
    default:
      return undefined;
  }
}
